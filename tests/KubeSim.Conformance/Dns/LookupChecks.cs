using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dns;
using KubeSim.Simulation;

namespace KubeSim.Conformance.Dns;

/// <summary>What a C library in a Pod asks for one name, and what it makes of the answers.</summary>
internal static class LookupChecks
{
    public static void Check(CaseNode node, CaseNode lookup, Findings findings)
    {
        lookup.Skip("note");
        DnsUnderTest dns = DnsUnderTest.Read(node);
        ResolverConfiguration configuration = PodFileChecks.Kubelet(node).Of((Pod)KubernetesObjects.Read(node["pod"]));
        PodFileChecks.CheckFile(node["resolvConf"], configuration, findings);
        configuration = configuration with
        {
            Options = node["family"].Text == "A" ? configuration.Options.Add("no-aaaa") : configuration.Options,
            Library = Library(node["resolver"]),
        };
        var counter = new CountingNameServer(dns.Server);
        DnsAnswer answer = new Resolver(configuration, counter, dns.Server, new RunLog(dns.Queue), "node-a").Resolve(lookup["name"].Text);
        findings.CheckList(lookup["queried"], answer.NamesTried.Select(name => name + "."), lookup.Texts("queried"));
        findings.Check(lookup["packets"], counter.Count, lookup["packets"].Int);
        findings.Check(lookup["result"], Result(answer), lookup["result"].Text);
        findings.CheckSet(lookup, answer.Addresses.Select(address => address.ToString()), lookup.Texts("addresses"), "addresses");
        if (lookup.Find("canonicalName") is { } canonical)
        {
            findings.Check(canonical, answer.CanonicalName, canonical.Text);
        }
    }

    private static CLibrary Library(CaseNode resolver) => resolver.Text switch
    {
        "glibc 2.36" => CLibrary.Glibc,
        "musl 1.2.3" => CLibrary.Musl,
        _ => throw resolver.Wrong("is no library that KubeSim follows"),
    };

    private static string Result(DnsAnswer answer) => answer.ResponseCode switch
    {
        _ when !answer.Addresses.IsEmpty => "found",
        DnsResponseCode.NoError => "nodata",
        DnsResponseCode.NxDomain => "notfound",
        DnsResponseCode.ServFail => "tryagain",
        _ => answer.ResponseCode.ToString(),
    };

    private sealed class CountingNameServer(INameServer server) : INameServer
    {
        public int Count { get; private set; }

        public DnsResponse Query(string name, DnsRecordType type)
        {
            Count++;
            return server.Query(name, type);
        }
    }
}
