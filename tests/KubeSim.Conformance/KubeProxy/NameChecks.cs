using System.Globalization;
using System.Text.RegularExpressions;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Iptables;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>What chains and sets are called.</summary>
internal static partial class NameChecks
{
    private static readonly ServiceRule Sample = Rule(new ServicePortName(new NamespacedName("ns1", "svc1"), "p80", TransportProtocol.Tcp));
    private static readonly IpPort SampleEndpoint = IpPort.Parse("10.0.0.1:80");

    /// <summary>As long as names can be, and longer than a chain's.</summary>
    private static readonly ServicePortName Longest = new(new NamespacedName(new string('n', 63), new string('s', 63)), new string('p', 63), TransportProtocol.Sctp);

    public static void Check(CaseNode node, string mode, Findings findings)
    {
        bool isNftables = mode == "nftables";
        foreach ((string kind, CaseNode prefix) in node.Find("chainPrefixes")?.Entries ?? [])
        {
            (string name, string baseOfName) = isNftables ? Nftables(kind, prefix) : Iptables(kind, prefix);
            findings.Check(prefix, name, prefix.Text + baseOfName);
        }

        if (node.Find("hash") is { } hash)
        {
            CheckHash(hash, isNftables, findings);
        }

        CheckRows(node, isNftables, findings);
    }

    private static void CheckRows(CaseNode node, bool isNftables, Findings findings)
    {
        // Rows of the other mode stay unread, and fail the case.
        if (isNftables)
        {
            foreach (CaseNode row in node.Find("serviceBases")?.Items ?? [])
            {
                findings.Check(row, NftablesNames.ServiceBase(Name(row)), row["base"].Text);
            }

            foreach (CaseNode row in node.Find("endpointBases")?.Items ?? [])
            {
                findings.Check(row, NftablesNames.EndpointBase(Name(row), row["endpointIP"].Text, row["endpointPort"].Int), row["base"].Text);
            }

            return;
        }

        foreach (CaseNode row in node.Find("serviceHashes")?.Items ?? [])
        {
            findings.Check(row, new IptablesNames(Name(row)).ServiceChain, IptablesChains.ServicePrefix + row["hash"].Text);
        }

        foreach (CaseNode row in node.Find("endpointHashes")?.Items ?? [])
        {
            findings.Check(row, new IptablesNames(Name(row)).EndpointChain(row["endpoint"].Text), IptablesChains.EndpointPrefix + row["hash"].Text);
        }
    }

    /// <summary>The name of a chain or set of a kind, and what of it follows the prefix.</summary>
    private static (string Name, string Base) Iptables(string kind, CaseNode prefix)
    {
        var names = new IptablesNames(Sample.Name);
        string name = kind switch
        {
            "clusterEndpoints" => names.ServiceChain,
            "localEndpoints" => names.LocalChain,
            "externalEntry" => names.ExternalChain,
            "loadBalancerSourceRanges" => names.FirewallChain,
            "endpoint" => names.EndpointChain(SampleEndpoint.ToString()),
            _ => throw prefix.Wrong("is of no kind of chain that iptables has"),
        };
        return (name, name[(name.LastIndexOf('-') + 1)..]);
    }

    private static (string Name, string Base) Nftables(string kind, CaseNode prefix)
    {
        string service = NftablesNames.ServiceBase(Sample.Name);
        string endpoint = NftablesNames.EndpointBase(Sample.Name, SampleEndpoint);
        return kind switch
        {
            "clusterEndpoints" => (NftablesNames.ServiceChain(Sample), service),
            "localEndpoints" => (NftablesNames.LocalChain(Sample), service),
            "externalEntry" => (NftablesNames.ExternalChain(Sample), service),
            "loadBalancerSourceRanges" => (NftablesNames.FirewallChain(Sample), service),
            "endpoint" => (NftablesNames.EndpointChain(Sample, SampleEndpoint), endpoint),
            "affinitySet" => (NftablesNames.AffinitySet(Sample, SampleEndpoint), endpoint),
            _ => throw prefix.Wrong("is of no kind of chain or set that nftables has"),
        };
    }

    /// <summary>The numbers in it; what is hashed is told in words, and the rows of names hold it.</summary>
    private static void CheckHash(CaseNode hash, bool isNftables, Findings findings)
    {
        string service = isNftables ? NftablesNames.ServiceBase(Sample.Name) : new IptablesNames(Sample.Name).ServiceChain[IptablesChains.ServicePrefix.Length..];
        int length = service.IndexOf('-', StringComparison.Ordinal) is >= 0 and var end ? end : service.Length;
        findings.Check(hash["algorithm"], length, First(hash["algorithm"]));
        hash.Skip(isNftables ? ["serviceName", "endpointName", "hashedOver"] : ["serviceInput", "endpointInput"]);
        if (!isNftables)
        {
            return;
        }

        string cut = NftablesNames.EndpointBase(Longest, IpPort.Parse("[1234:5678:9abc:def0:1234:5678:9abc:def0]:65535"));
        if (hash.Find("maxBaseLength") is { } longest)
        {
            findings.Check(longest, cut.Length, longest.Int);
        }

        if (hash.Find("truncation") is { } truncation)
        {
            string ending = Quoted().Match(truncation.Text).Groups[1].Value;
            findings.Check(truncation, cut[First(truncation)..], ending);
        }
    }

    private static int First(CaseNode words) => Characters().Match(words.Text) is { Success: true } match
        ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : throw words.Wrong("does not say how many characters");

    private static ServicePortName Name(CaseNode row)
    {
        TransportProtocol protocol = row["protocol"].Text switch
        {
            "tcp" => TransportProtocol.Tcp,
            "udp" => TransportProtocol.Udp,
            "sctp" => TransportProtocol.Sctp,
            _ => throw row["protocol"].Wrong("is no protocol that names of chains have"),
        };
        return new(new NamespacedName(row["namespace"].Text, row["service"].Text), row.Find("portName")?.Text ?? "", protocol);
    }

    private static ServiceRule Rule(ServicePortName name) => new() { Name = name, ClusterIP = IpAddress.Parse("172.30.0.41"), Port = 80 };

    [GeneratedRegex(@"first (\d+) characters")]
    private static partial Regex Characters();

    [GeneratedRegex("'([^']*)'$")]
    private static partial Regex Quoted();
}
