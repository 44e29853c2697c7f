using KubeSim.Addressing;
using KubeSim.Api;

namespace KubeSim.Tests;

/// <summary>Nodes that somebody makes by a manifest, also such as cannot be.</summary>
public sealed class MachinesTests
{
    [TestCase("status: { addresses: [ { type: InternalIP, address: 192.168.0.1 } ] }", "status.addresses*192.168.0.1*node node-1")]
    [TestCase("status: { addresses: [ { type: InternalIP, address: nonsense } ] }", "status.addresses*nonsense*no IP address")]
    [TestCase("status: { addresses: [ { type: InternalIP, address: 10.96.0.9 } ] }", "status.addresses*10.96.0.9*Services' block")]
    [TestCase("status: { addresses: [ { type: InternalIP, address: 203.0.113.10 } ] }", "status.addresses*203.0.113.10*host 203.0.113.10")]
    [TestCase("spec: { podCIDR: 10.244.1.0/24, podCIDRs: [ 10.244.1.0/24 ] }", "spec.podCIDRs*10.244.1.0/24*node node-1")]
    public void A_node_that_no_machine_can_have_does_not_join_and_says_why(string part, string why)
    {
        using var cluster = Cluster.Create();
        cluster.External();
        var told = new List<string>();
        using IDisposable events = cluster.Events.Subscribe(happened => told.Add(happened.Message));

        cluster.Apply("{apiVersion: v1, kind: Node, metadata: {name: other}, " + part + "}");

        told.Should().ContainMatch($"other cannot join: *{why}*");
        FluentActions.Invoking(() => cluster.Node("other")).Should().Throw<ArgumentException>();
        cluster.RunPod("web").Ready.Should().BeTrue("the cluster goes on");
    }

    [Test]
    public void A_machine_passes_over_the_address_of_a_host_outside()
    {
        using var cluster = Cluster.Create();
        cluster.External("192.168.0.2");

        cluster.Apply("{apiVersion: v1, kind: Node, metadata: {name: other}}");

        cluster.Node("other").Address.ToString().Should().Be("192.168.0.3");
    }

    [Test]
    public void Pods_may_have_the_block_that_machines_have_by_default()
    {
        using var cluster = Cluster.Create(new ClusterOptions { PodCidr = Cidr.Parse("192.168.0.0/16") });

        cluster.Node("node-1").Address.ToString().Should().Be("172.18.0.1");
        cluster.RunPod("web").Address.ToString().Should().StartWith("192.168.1.");
    }

    [Test]
    public void Nodes_beyond_the_blocks_for_pods_do_not_join_until_another_leaves()
    {
        using var cluster = Cluster.Create(new ClusterOptions { PodCidr = Cidr.Parse("10.244.0.0/23") });
        cluster.Apply("{apiVersion: v1, kind: Node, metadata: {name: late}}");
        FluentActions.Invoking(() => cluster.Node("late")).Should().Throw<ArgumentException>();

        cluster.Delete("node/node-1");
        Node late = cluster.Api.Get<Node>("late");
        cluster.Api.Replace(late with { Metadata = late.Metadata with { Labels = late.Metadata.Labels.With("again", "") } });

        cluster.Node("late").Name.Should().Be("late");
    }
}
