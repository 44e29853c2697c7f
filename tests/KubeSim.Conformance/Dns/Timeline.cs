using KubeSim.Conformance.KubeProxy;
using KubeSim.Conformance.Reading;
using KubeSim.Dns;

namespace KubeSim.Conformance.Dns;

/// <summary>Changes and questions at points in time, with caches between the client and the server.</summary>
internal static class Timeline
{
    public static void Run(CaseNode node)
    {
        node.Skip("name", "source", "basis", "notes");
        var findings = new Findings();
        DnsUnderTest dns = DnsUnderTest.Read(node);
        long first = dns.Server.Serial;
        foreach (CaseNode step in node["steps"].Items)
        {
            step.Skip("note");
            dns.Queue.AdvanceTo(Durations.Read(step["at"]));
            dns.Delete(step.Find("delete"));
            dns.Apply(step.Find("apply"));
            if (step.Find("serial") is { } serial)
            {
                findings.Check(serial, dns.Server.Serial, serial.Number);
            }

            if (step.Find("query") is { } query)
            {
                Ask(step, query, dns, findings);
            }
        }

        findings.Conclude();
    }

    private static void Ask(CaseNode step, CaseNode query, DnsUnderTest dns, Findings findings)
    {
        long[] before = [.. dns.Caches.Select(cache => cache.Cache.Hits)];
        DnsResponse response = dns.Front.Query(DnsTexts.Name(query["qname"]), DnsTexts.Type(query["qtype"]));
        QueryChecks.Check(step, response, isSpec: false, findings);
        if (step.Find("fromCache") is { } from)
        {
            findings.CheckSet(from, dns.Caches.Where((cache, i) => cache.Cache.Hits != before[i]).Select(cache => cache.Name), step.Texts("fromCache"));
        }
    }
}
