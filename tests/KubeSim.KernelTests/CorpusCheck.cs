using KubeSim.Addressing;
using KubeSim.Conformance.KubeProxy;
using KubeSim.Dataplane;
using KubeSim.KernelTests.Lab;

namespace KubeSim.KernelTests;

/// <summary>Compares what a case says, what a kernel does and what KubeSim says, for some flows.</summary>
internal static class CorpusCheck
{
    /// <summary>What is not as it should be. Endpoints are taken in turn, so that every one that may be picked is.</summary>
    public static IEnumerable<string> Differences(ProxyUnderTest proxy, IReadOnlyList<CorpusFlow> flows)
    {
        if (flows.Count == 0)
        {
            return [];
        }

        proxy.Sync();
        proxy.Node.ProxySettings = proxy.Node.ProxySettings with { Nfacct = false };
        NodeRules.Load(KernelSetUp.Lab, proxy.Node, proxy.Configuration.IsIPv6, inTurn: true);
        KernelSetUp.Prober.StopServing();
        KernelSetUp.Prober.Serve(flows.SelectMany(flow => flow.Endpoints.Append(flow.To).Select(address => (flow.Protocol, address))));
        KernelSetUp.Tally.Clusters++;
        var differences = new List<string>();
        foreach (CorpusFlow[] together in Together(flows))
        {
            Compare(proxy.Node, together, differences);
        }

        return differences;
    }

    /// <summary>Flows of one endpoint list must not disturb each other's turns.</summary>
    private static IEnumerable<CorpusFlow[]> Together(IReadOnlyList<CorpusFlow> flows) =>
        flows.Where(flow => flow.Endpoints.Count > 1).Select(flow => new[] { flow }).Append([.. flows.Where(flow => flow.Endpoints.Count <= 1)]);

    private static void Compare(NetworkNode node, CorpusFlow[] flows, List<string> differences)
    {
        (CorpusFlow Flow, Probe Probe)[] sent =
        [
            .. flows.SelectMany(flow => Enumerable.Range(0, Math.Max(1, flow.Endpoints.Count))
                .Select(_ => (flow, new Probe(new Flow(new IpPort(flow.From, SourcePorts.Next()), flow.To, flow.Protocol), flow.Outcome != "drop")))),
        ];
        Observation[] seen = KernelSetUp.Prober.Send([.. sent.Select(one => one.Probe)]);
        KernelSetUp.Tally.Probes += seen.Length;
        foreach (CorpusFlow flow in flows)
        {
            var observed = new SortedSet<string>(seen.Where((_, i) => ReferenceEquals(sent[i].Flow, flow)).Select(one => one.ToString()), StringComparer.Ordinal);
            Flow packet = sent.First(one => ReferenceEquals(one.Flow, flow)).Probe.Flow;
            Differ(flow, "the case", Said(node, flow), observed, differences);
            Differ(flow, "KubeSim", Expectations.Of(node, packet), observed, differences);
        }
    }

    private static IReadOnlyList<Observation> Said(NetworkNode node, CorpusFlow flow)
    {
        IpAddress source = flow.IsMasqueraded ? node.Sender.AddressTowards(flow.To.Address)!.Value : flow.From;
        return flow.Outcome switch
        {
            "drop" => [new(Outcome.Dropped)],
            "reject" => [new(Outcome.Refused)],
            _ when flow.Endpoints.Count == 0 => [new(Outcome.Reached, flow.To, flow.From)],
            // A case says only whether any of them is masqueraded.
            _ => [.. flow.Endpoints.Select(endpoint => new Observation(Outcome.Reached, endpoint, source))],
        };
    }

    private static void Differ(CorpusFlow flow, string who, IReadOnlyList<Observation> said, SortedSet<string> observed, List<string> differences)
    {
        string[] expected = [.. said.Select(one => one.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (!observed.SetEquals(expected))
        {
            differences.Add($"{flow.Name} ({flow.From} to {flow.To}/{flow.Protocol}): the kernel {string.Join(", ", observed)}; {who} says {string.Join(", ", expected)}");
        }
    }
}
