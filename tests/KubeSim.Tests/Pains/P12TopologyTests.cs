using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>Hints are followed by all or by none.</summary>
[TestFixture]
public sealed class P12TopologyTests
{
    private static readonly ClusterOptions Zones = new() { Nodes = [new("node-1") { Zone = "a" }, new("node-2") { Zone = "b" }, new("node-3")] };

    [Test]
    public void Topology_hints_keep_traffic_in_the_zone()
    {
        using Cluster cluster = With(Web("trafficDistribution: PreferClose"), Zones, "node-1", "node-2");
        ServedFrom(cluster, "client").Should().Equal("node-2");
    }

    [Test]
    public void Topology_hints_are_not_applied_when_one_endpoint_has_none()
    {
        using Cluster cluster = With(Web("trafficDistribution: PreferClose"), Zones, "node-1", "node-2", "node-3");
        ServedFrom(cluster, "client").Should().Equal("node-1", "node-2", "node-3");
    }

    [Test]
    public void Topology_hints_are_not_applied_on_a_node_without_a_zone_or_in_a_zone_without_endpoints()
    {
        using Cluster cluster = With(Web("trafficDistribution: PreferClose"), Zones, "node-1", "node-1");
        cluster.RunPod("elsewhere", node: "node-3");
        ServedFrom(cluster, "client").Should().Equal("node-1");
        ServedFrom(cluster, "elsewhere").Should().Equal("node-1");
        cluster.Pod("client").ConnectMany("web:80", 200).PerEndpoint.Should().HaveCount(2);
    }

    [TestCase("1.33", "node-2,node-3")]
    [TestCase("1.34", "node-2")]
    public void Hints_for_nodes_are_read_from_1_34_on(string version, string nodes)
    {
        ClusterOptions sameZone = Zones with { KubernetesVersion = version, Nodes = [new("node-1") { Zone = "a" }, new("node-2") { Zone = "b" }, new("node-3") { Zone = "b" }] };
        using Cluster cluster = With(Web("trafficDistribution: PreferSameNode"), sameZone, "node-1", "node-2", "node-3");
        ServedFrom(cluster, "client").Should().Equal(nodes.Split(','));
    }

    [Test]
    public void Nothing_overloads_back_out_of_a_zone()
    {
        using Cluster cluster = With(Web("trafficDistribution: PreferClose"), Zones, "node-1", "node-1", "node-1", "node-2");
        cluster.Pod("client").ConnectMany("web:80", 500).PerEndpoint.Should().ContainSingle("the one endpoint of the zone gets all of the zone's traffic").Which.Connections.Should().Be(500);
    }

    private static string[] ServedFrom(Cluster cluster, string client) =>
        [.. cluster.Pod(client).ConnectMany("web:80", 200).PerEndpoint.Select(share => share.Node!).Distinct().Order(StringComparer.Ordinal)];
}
