using System.Globalization;
using CsCheck;

namespace KubeSim.KernelTests.Generated;

/// <summary>Clusters that nobody thought of: what a real kernel does with their rules is what KubeSim says.</summary>
public sealed class GeneratedClusterTests
{
    /// <summary>KUBESIM_KERNEL_CLUSTERS tries more, for a longer look.</summary>
    private static readonly long Clusters = long.TryParse(Environment.GetEnvironmentVariable("KUBESIM_KERNEL_CLUSTERS"), CultureInfo.InvariantCulture, out long many) ? many : 200;

    [Test]
    public void The_kernel_does_with_a_packet_what_KubeSim_says() => Check(ClusterGenerator.Cluster, ClusterCheck.AtRandom);

    [Test]
    public void Each_connection_goes_to_the_endpoint_that_KubeSim_names() => Check(ClusterGenerator.Cluster.Select(InTurnCheck.WithOneSlice), InTurnCheck.Differences);

    [Test]
    public void The_rules_that_a_packet_matches_are_those_that_KubeSim_walks_through() =>
        Check(ClusterGenerator.Cluster.Select(RulePathCheck.WithIptables), RulePathCheck.Differences, Clusters / 4);

    private static void Check(Gen<ClusterCase> clusters, Func<GeneratedCluster, IEnumerable<string>> compare, long? count = null) => clusters.Sample(
        cluster =>
        {
            IReadOnlyList<string> differences = ClusterCheck.Differences(cluster, compare);
            if (differences.Count > 0)
            {
                throw new AssertionException(string.Join('\n', differences));
            }
        },
        iter: count ?? Clusters, threads: 1);
}
