using System.Globalization;
using KubeSim.Addressing;
using KubeSim.KernelTests.Lab;

namespace KubeSim.KernelTests.Generated;

/// <summary>Compares a kernel with KubeSim on one generated cluster.</summary>
internal static class ClusterCheck
{
    /// <summary>
    /// What differs. A difference counts only if it is there again when all is repeated: on a busy machine an answer can come too late.
    /// </summary>
    public static IReadOnlyList<string> Differences(ClusterCase generated, Func<GeneratedCluster, IEnumerable<string>> compare)
    {
        IReadOnlyList<string> differences = Once(generated, compare);
        differences = differences.Count == 0 ? differences : Once(generated, compare);
        KernelSetUp.Tally.Clusters++;
        KernelSetUp.Tally.Differences += differences.Count;
        return differences;
    }

    /// <summary>With kube-proxy's own rules: the verdict, an endpoint that may be picked, and the source that it sees.</summary>
    public static IEnumerable<string> AtRandom(GeneratedCluster cluster)
    {
        IReadOnlyList<Observation>[] expected = [.. cluster.Flows.Select(flow => Expectations.Of(cluster.Node, flow))];
        Prepare(cluster, inTurn: false);
        Observation[] seen = Send([.. cluster.Flows.Select((flow, i) => new Probe(flow, expected[i][0].Outcome != Outcome.Dropped))]);
        for (int i = 0; i < seen.Length; i++)
        {
            if (!expected[i].Contains(seen[i]))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{cluster.Flows[i]}: the kernel {seen[i]}; KubeSim says {string.Join(" or ", expected[i])}");
            }
        }
    }

    /// <summary>Loads the rules and lets everybody answer who could be reached.</summary>
    public static void Prepare(GeneratedCluster cluster, bool inTurn)
    {
        NodeRules.Load(KernelSetUp.Lab, cluster.Node, cluster.IsIPv6, inTurn);
        KernelSetUp.Prober.StopServing();
        KernelSetUp.Prober.Serve(cluster.Flows.Select(flow => (flow.Protocol, flow.Destination))
            .Concat(cluster.Endpoints.SelectMany(address => new[] { (TransportProtocol.Tcp, address), (TransportProtocol.Udp, address) })));
    }

    public static Observation[] Send(IReadOnlyList<Probe> probes)
    {
        KernelSetUp.Tally.Probes += probes.Count;
        return KernelSetUp.Prober.Send(probes);
    }

    private static List<string> Once(ClusterCase generated, Func<GeneratedCluster, IEnumerable<string>> compare) => [.. compare(new GeneratedCluster(generated))];
}
