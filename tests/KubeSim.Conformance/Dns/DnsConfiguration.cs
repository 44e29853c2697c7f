using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Conformance.Reading;
using KubeSim.Dns;

namespace KubeSim.Conformance.Dns;

/// <summary>A case's <c>config</c> as the server's options. What is read elsewhere: upstream, caches, synced.</summary>
internal static class DnsConfiguration
{
    private const string Root = ".";

    public static DnsServerOptions Read(CaseNode config) => new()
    {
        Zones = Names(config, "zones"),
        Pods = config.Find("pods") is { } pods ? ReadPods(pods) : PodRecordMode.Disabled,
        Ttl = config.Find("ttl") is { } ttl ? TimeSpan.FromSeconds(ttl.Int) : TimeSpan.FromSeconds(5),
        Namespaces = config.Texts("namespaces").ToEquatableArray(),
        IgnoreEmptyService = config.Find("ignoreEmptyService")?.Boolean == true,
        EndpointPodNames = config.Find("endpointPodNames")?.Boolean == true,
        NoEndpoints = config.Find("noendpoints")?.Boolean == true,
        ZonalNames = config.Find("zonal")?.Boolean == true,
        Transfer = config.Find("transfer")?.Boolean == true,
        SearchesForPods = config.Find("autopath")?.Boolean == true,
        Fallthrough = config.Find("fallthrough") is { Items.Count: 0 } ? [""] : Names(config, "fallthrough"),
        LocalAddresses = config.Texts("localIPs").Select(IpAddress.Parse).ToEquatableArray(),
    };

    /// <summary><c>ttl</c> is the longest of both kinds of answers.</summary>
    public static AnswerCacheOptions ReadCache(CaseNode cache)
    {
        var defaults = new AnswerCacheOptions();
        TimeSpan? both = cache.Find("ttl") is { } ttl ? TimeSpan.FromSeconds(ttl.Int) : null;
        return new()
        {
            SuccessTtl = Seconds(cache, "successTtl") ?? both ?? defaults.SuccessTtl,
            DenialTtl = Seconds(cache, "denialTtl") ?? both ?? defaults.DenialTtl,
            MinTtl = Seconds(cache, "minTtl") ?? defaults.MinTtl,
            DisableSuccess = Names(cache, "disableSuccess"),
            DisableDenial = Names(cache, "disableDenial"),
        };
    }

    public static EquatableArray<string> Names(CaseNode node, string key) => node.Texts(key).Select(name => name == Root ? "" : DnsTexts.Name(name)).ToEquatableArray();

    private static TimeSpan? Seconds(CaseNode node, string key) => node.Find(key) is { } seconds ? TimeSpan.FromSeconds(seconds.Int) : null;

    private static PodRecordMode ReadPods(CaseNode pods) => pods.Text switch
    {
        "disabled" => PodRecordMode.Disabled,
        "insecure" => PodRecordMode.Insecure,
        "verified" => PodRecordMode.Verified,
        _ => throw pods.Wrong("is no way to serve Pods"),
    };
}
