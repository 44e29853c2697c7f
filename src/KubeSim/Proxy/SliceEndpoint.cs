using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.LoadBalancing;

namespace KubeSim.Proxy;

/// <summary>An endpoint of a slice as kube-proxy sees it for one port. Of several addresses only the first counts.</summary>
/// <source>kubernetes v1.36, pkg/proxy/endpointslicecache.go: addEndpoints; pkg/proxy/endpoint.go</source>
internal sealed class SliceEndpoint
{
    private SliceEndpoint(Endpoint source, Backend backend)
    {
        Source = source;
        Backend = backend;
        IsReady = source.Conditions.Ready ?? true;
        IsServing = source.Conditions.Serving ?? true;
        IsTerminating = source.Conditions.Terminating ?? false;
    }

    public Endpoint Source { get; }

    public Backend Backend { get; }

    public bool IsReady { get; }

    public bool IsServing { get; }

    public bool IsTerminating { get; }

    /// <summary>Whether it takes traffic where nobody is ready.</summary>
    public bool IsFallback => !IsReady && IsServing && IsTerminating;

    public bool HasNodeHints => Source.Hints is { ForNodes.IsEmpty: false };

    public bool HasZoneHints => Source.Hints is { ForZones.IsEmpty: false };

    /// <summary>Reads an endpoint, or gives null where it has no address of the family.</summary>
    /// <param name="source">The slice's member.</param>
    /// <param name="port">The slice's number for the port.</param>
    /// <param name="isIPv6">The family.</param>
    /// <param name="before">What stood at its place before; nothing of it is read again that is still the same.</param>
    public static SliceEndpoint? Read(Endpoint source, ushort port, bool isIPv6, SliceEndpoint? before)
    {
        if (ReferenceEquals(before?.Source, source))
        {
            return before;
        }

        if (before is not null && before.Source.Addresses == source.Addresses)
        {
            return new(source, before.Backend with { NodeName = source.NodeName, Zone = source.Zone });
        }

        return !source.Addresses.IsEmpty && LenientAddress.TryParse(source.Addresses[0], out IpAddress address) && address.IsIPv6 == isIPv6
            ? new(source, new Backend(new IpPort(address, port), source.NodeName, source.Zone))
            : null;
    }
}
