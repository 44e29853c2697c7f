using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>What is added to a Pod's resolver configuration.</summary>
public sealed record PodDnsConfig
{
    /// <summary>Further name servers.</summary>
    /// <value>At most 3 in all.</value>
    public EquatableArray<string> Nameservers { get; init; }

    /// <summary>Further search domains.</summary>
    /// <value>At most 32 in all, 2,048 characters together.</value>
    public EquatableArray<string> Searches { get; init; }

    /// <summary>Resolver options; they replace options of the same name.</summary>
    public EquatableArray<PodDnsConfigOption> Options { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static PodDnsConfig Map(FieldMap map, PodDnsConfig? value) => new()
    {
        Nameservers = map.Texts("nameservers", value?.Nameservers ?? default),
        Searches = map.Texts("searches", value?.Searches ?? default),
        Options = map.List("options", value?.Options ?? default, PodDnsConfigOption.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
