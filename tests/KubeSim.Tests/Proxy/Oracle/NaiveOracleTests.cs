using CsCheck;

namespace KubeSim.Tests.Proxy.Oracle;

/// <summary>The two of them, on clusters and packets by the hundred thousand.</summary>
[TestFixture]
public sealed class NaiveOracleTests
{
    private const int Clusters = 2_200;
    private const int Packets = 50;

    private static readonly Gen<Plan> Plans = Gen.Select(PlainClusters.Cluster, PlainClusters.Cluster, Gen.Bool)
        .SelectMany((before, now, slicesFirst) => PlainClusters.PacketsFor(now, Packets).Select(packets => new Plan(before, now, slicesFirst, packets)));

    [Test]
    public void The_tables_decide_every_packet_as_the_naive_rules_do()
    {
        var decided = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (uint i = 1; i <= Clusters; i++)
        {
            // A generator of its own for each plan: every run tries the same ones.
            var pcg = new PCG(i, 1);
            string seed = pcg.ToString();
            if (FirstDifference(Plans.Generate(pcg, null, out _), decided) is not null)
            {
                Plans.Sample(plan => FirstDifference(plan, []) is { } difference ? throw new AssertionException(difference) : true, seed: seed, iter: 3_000, threads: 1, print: Describe);
                Assert.Fail($"a difference with the seed {seed} did not come again");
            }
        }

        TestContext.Out.WriteLine(string.Join('\n', decided));
        decided.Values.Sum().Should().BeGreaterThanOrEqualTo(100_000);
        decided.Should().HaveCount(12, "three modes with four kinds of decisions each must all have come up").And.OnlyContain(pair => pair.Value > 250);
    }

    private static string? FirstDifference(Plan plan, SortedDictionary<string, int> decided)
    {
        var real = new RealKubeProxy();
        real.Apply(plan.Before, !plan.SlicesFirst);
        real.Apply(plan.Now, plan.SlicesFirst);
        foreach (PlainPacket packet in plan.Packets)
        {
            string expected = NaiveKubeProxy.Decide(plan.Now, packet);
            string actual = real.Decide(packet);
            if (actual != expected) return $"{packet}\nis        {actual}\nshould be {expected}";
            string kind = $"{plan.Now.Settings.Mode} {expected.Split(' ')[0]}";
            decided[kind] = decided.GetValueOrDefault(kind) + 1;
        }

        return null;
    }

    private static string Describe(Plan plan) => Describe(plan.Now);

    private static string Describe(PlainCluster cluster) => string.Join('\n', cluster.Services.Select(service =>
        $"{service} on {string.Join(',', service.ClusterIPs)} external {string.Join(',', service.ExternalIPs)} ranges {string.Join(',', service.SourceRanges)} "
        + $"{string.Join(' ', service.Ports.Select(port => port.ToString()))} {string.Join(' ', service.Ingress.Select(ingress => ingress.ToString()))}\n"
        + string.Join('\n', service.Slices.Select(slice => $"  {slice.Name} {slice.AddressType} {string.Join(' ', slice.Ports.Select(port => port.ToString()))}\n    {string.Join("\n    ", slice.Endpoints.Select(endpoint => $"{endpoint} {string.Join(',', endpoint.ForNodes)} {string.Join(',', endpoint.ForZones)}"))}"))))
        + $"\n{cluster.Settings}";

    private sealed record Plan(PlainCluster Before, PlainCluster Now, bool SlicesFirst, PlainPacket[] Packets);
}
