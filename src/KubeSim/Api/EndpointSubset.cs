using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>Addresses that share ports.</summary>
public sealed record EndpointSubset
{
    /// <summary>Those that are ready.</summary>
    public EquatableArray<EndpointAddress> Addresses { get; init; }

    /// <summary>Those that are not.</summary>
    public EquatableArray<EndpointAddress> NotReadyAddresses { get; init; }

    /// <summary>The ports of them all.</summary>
    public EquatableArray<EndpointPort> Ports { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static EndpointSubset Map(FieldMap map, EndpointSubset? value) => new()
    {
        Addresses = map.List("addresses", value?.Addresses ?? default, EndpointAddress.Map),
        NotReadyAddresses = map.List("notReadyAddresses", value?.NotReadyAddresses ?? default, EndpointAddress.Map),
        Ports = map.List("ports", value?.Ports ?? default, EndpointPort.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
