using System.Globalization;

namespace KubeSim.Benchmarks.Targets;

/// <summary>From a Pod's readiness at the API server to every node's table.</summary>
internal static class EndpointFlipTargets
{
    private const int Flips = 500;
    private const int Nodes = 100;
    private const double MostOnce = 5;
    private const double MostPerNode = 0.5;
    private const double MostGrowth = 3;

    public static IEnumerable<TargetLine> Measure()
    {
        Measure.Subject many = Cluster(10_000, Nodes), few = Cluster(100, Nodes), nobody = Cluster(10_000, 0);
        double[] times = Targets.Measure.Nanoseconds(many, few, nobody);
        double all = times[0] / 1e3, once = times[2] / 1e3, growth = times[0] / times[1];
        double bar = MostOnce + (MostPerNode * Nodes);
        yield return new(
            "readiness flip, 10,000 endpoints, to the tables of 100 nodes",
            string.Create(CultureInfo.InvariantCulture, $"{all:F1} us (without nodes {once:F1} us), {growth:F2}x that of 100 endpoints"),
            string.Create(CultureInfo.InvariantCulture, $"<= {MostOnce} us + {MostPerNode} us a node = {bar} us; <= {MostGrowth}x"),
            all <= bar && growth <= MostGrowth);
    }

    private static Measure.Subject Cluster(int endpoints, int nodes)
    {
        var cluster = new EndpointFlipBenchmarks { Endpoints = endpoints, Nodes = nodes };
        cluster.MakeCluster();
        return new(() => { for (int i = 0; i < Flips; i++) cluster.Flip(); }, Flips);
    }
}
