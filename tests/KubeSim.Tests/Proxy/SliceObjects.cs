using KubeSim.Api;

namespace KubeSim.Tests.Proxy;

/// <summary>EndpointSlices as kube-proxy may get them.</summary>
internal static class SliceObjects
{
    public static EndpointSlice Slice(string name, params Endpoint[] endpoints) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Labels = LabelSet.Of("kubernetes.io/service-name", "web") },
        AddressType = "IPv4",
        Ports = [new() { Name = "http", Port = 8080, Protocol = "TCP" }],
        Endpoints = [.. endpoints],
    };

    /// <summary>An endpoint on a node.</summary>
    /// <param name="ip">Its address.</param>
    /// <param name="state">The letters of what holds of Ready, Serving and Terminating; null for an endpoint that says nothing.</param>
    /// <param name="node">Where it runs.</param>
    /// <param name="forNode">A node that is to prefer it.</param>
    /// <param name="forZone">A zone that is to prefer it.</param>
    public static Endpoint Endpoint(string ip, string? state = "RS", string? node = "node-1", string? forNode = null, string? forZone = null) => new()
    {
        Addresses = [ip],
        NodeName = node,
        Conditions = state is null ? EndpointConditions.Empty : new() { Ready = state.Contains('R', StringComparison.Ordinal), Serving = state.Contains('S', StringComparison.Ordinal), Terminating = state.Contains('T', StringComparison.Ordinal) },
        Hints = forNode is null && forZone is null ? null : new()
        {
            ForNodes = forNode is null ? [] : [new() { Name = forNode }],
            ForZones = forZone is null ? [] : [new() { Name = forZone }],
        },
    };
}
