using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>How a kubelet makes the <c>resolv.conf</c> of its Pods.</summary>
/// <source>kubernetes v1.36 pkg/kubelet/network/dns/dns.go, GetPodDNS</source>
internal sealed record KubeletDns
{
    private const int MostNameservers = 3;
    private const int MostSearches = 32;
    private const int LongestSearch = 253;
    private const int LongestSearchLine = 2048;

    /// <summary>The cluster's name servers; a Service's ClusterIP.</summary>
    public EquatableArray<string> ClusterDns { get; init; } = ["10.96.0.10"];

    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>The node's own file; null for a kubelet that is told to use none.</summary>
    public ResolverConfiguration? NodeFile { get; init; } = ResolverConfiguration.Empty;

    public EquatableArray<IpAddress> NodeAddresses { get; init; }

    /// <summary>Whether a Pod asks the cluster's name servers, its dnsConfig aside.</summary>
    public bool UsesClusterDns(Pod pod) => !ClusterDns.IsEmpty && PolicyOf(pod) == DnsPolicy.ClusterFirst;

    /// <summary>The file of a Pod. It stays as it was when the Pod's containers started.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="warnings">Takes the events that the kubelet records.</param>
    public ResolverConfiguration Of(Pod pod, List<string>? warnings = null)
    {
        ResolverConfiguration configuration = Base(pod, warnings);
        if (pod.Spec.DnsConfig is { } more)
        {
            configuration = new()
            {
                Nameservers = Distinct([.. configuration.Nameservers, .. more.Nameservers]),
                Searches = Distinct([.. configuration.Searches, .. more.Searches]),
                Options = Merge(configuration.Options, more.Options),
            };
        }

        return Fit(configuration, warnings);
    }

    /// <summary>ClusterFirst, Default or None: the policy after what the network of the node does to it.</summary>
    private static string PolicyOf(Pod pod) => pod.Spec.DnsPolicy switch
    {
        DnsPolicy.None => DnsPolicy.None,
        DnsPolicy.Default => DnsPolicy.Default,
        DnsPolicy.ClusterFirstWithHostNet => DnsPolicy.ClusterFirst,
        _ => pod.Spec.HostNetwork == true ? DnsPolicy.Default : DnsPolicy.ClusterFirst,
    };

    private ResolverConfiguration Base(Pod pod, List<string>? warnings)
    {
        string policy = PolicyOf(pod);
        ResolverConfiguration node = NodeFile ?? ResolverConfiguration.Empty;
        if (policy == DnsPolicy.None)
        {
            return ResolverConfiguration.Empty;
        }

        if (policy == DnsPolicy.ClusterFirst && !ClusterDns.IsEmpty)
        {
            return new()
            {
                Nameservers = ClusterDns,
                Searches = Distinct([$"{pod.Metadata.Namespace}.svc.{ClusterDomain}", $"svc.{ClusterDomain}", ClusterDomain, .. node.Searches]),
                Options = ["ndots:5"],
            };
        }

        if (policy == DnsPolicy.ClusterFirst)
        {
            warnings?.Add("MissingClusterDNS");
        }

        return NodeFile ?? new()
        {
            Nameservers = NodeAddresses.IsEmpty ? ["127.0.0.1"] : NodeAddresses.Select(address => address.IsIPv6 ? "::1" : "127.0.0.1").ToEquatableArray(),
            Searches = ["."],
        };
    }

    private static ResolverConfiguration Fit(ResolverConfiguration configuration, List<string>? warnings)
    {
        if (configuration.Nameservers.Length > MostNameservers)
        {
            warnings?.Add("DNSConfigForming: nameserver limits exceeded");
            configuration = configuration with { Nameservers = [.. configuration.Nameservers.AsSpan()[..MostNameservers]] };
        }

        var searches = configuration.Searches.Take(MostSearches).Where(search => search.Length <= LongestSearch).ToList();
        while (searches.Sum(search => search.Length + 1) - 1 > LongestSearchLine)
        {
            searches.RemoveAt(searches.Count - 1);
        }

        if (searches.Count == configuration.Searches.Length)
        {
            return configuration;
        }

        warnings?.Add("DNSConfigForming: search line limits exceeded");
        return configuration with { Searches = searches.ToEquatableArray() };
    }

    private static EquatableArray<string> Distinct(IEnumerable<string> texts) => texts.Distinct(StringComparer.Ordinal).ToEquatableArray();

    /// <summary>The Pod's options replace those of the same name.</summary>
    private static EquatableArray<string> Merge(EquatableArray<string> options, EquatableArray<PodDnsConfigOption> more)
    {
        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string option in options)
        {
            merged[option.Split(':')[0]] = option;
        }

        foreach (PodDnsConfigOption option in more)
        {
            if (option.Name is { Length: > 0 } name)
            {
                merged[name] = string.IsNullOrEmpty(option.Value) ? name : $"{name}:{option.Value}";
            }
        }

        return merged.Values.ToEquatableArray();
    }
}
