using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>A part of a Service's endpoints: the live list of who takes its traffic.</summary>
public sealed record EndpointSlice : KubernetesObject
{
    /// <inheritdoc/>
    public override ResourceType Resource => ResourceType.EndpointSlice;

    /// <summary><c>IPv4</c>, <c>IPv6</c> or <c>FQDN</c>: of every address in it.</summary>
    public string AddressType { get; init; } = "";

    /// <summary>The endpoints.</summary>
    /// <value>At most 1,000.</value>
    public EquatableArray<Endpoint> Endpoints { get; init; }

    /// <summary>The ports of every endpoint in it.</summary>
    /// <value>At most 20,000.</value>
    public EquatableArray<EndpointPort> Ports { get; init; }

    internal static EndpointSlice Map(FieldMap map, EndpointSlice? value) => new()
    {
        Metadata = map.Object("metadata", value?.Metadata, ObjectMeta.Map, ObjectMeta.Empty),
        AddressType = map.TextOrEmpty("addressType", value?.AddressType),
        Endpoints = map.List("endpoints", value?.Endpoints ?? default, Endpoint.Map, always: true),
        Ports = map.List("ports", value?.Ports ?? default, EndpointPort.Map, always: true),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
