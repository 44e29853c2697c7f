using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Tests.Proxy.Rendering.Nftables;

[TestFixture]
public sealed class NftablesRenderingTests
{
    private static readonly Service NodePort = NftablesWorld.Service("a", "172.30.0.41", new ServicePort { Name = "p80", Port = 80, Protocol = "TCP", NodePort = 30080 });

    [Test]
    public void In_1_34_each_endpoint_has_a_chain_that_marks_what_loops_back()
    {
        NftablesWorld world = World(NftablesLayout.Kubernetes134);

        string service = Chain(world, "service-");
        world.Rules(service)[0].Should().Be("ip daddr 172.30.0.41 ip saddr != 10.0.0.0/8 jump mark-for-masquerade");
        world.Rules(service)[1].Should().StartWith("numgen random mod 1 vmap { 0 : goto endpoint-");
        world.Rules(Chain(world, "endpoint-")).Should().Equal("ip saddr 10.0.1.1 jump mark-for-masquerade", "meta l4proto tcp dnat to 10.0.1.1:80");
        world.Rules(Chain(world, "external-")).Should().Equal("jump mark-for-masquerade comment \"masquerade\"", $"goto {service}");
        world.Sync.Table.FindSet(NftablesSetup.HairpinConnections).Should().BeNull();
    }

    [Test]
    public void In_1_36_one_rule_translates_to_any_endpoint()
    {
        NftablesWorld world = World();

        world.Rules(Chain(world, "service-")).Should().Equal("meta l4proto tcp dnat ip addr . port to numgen random mod 1 map { 0 : 10.0.1.1 . 80 }");
        world.Rules(Chain(world, "external-"))[0].Should().Be("mark set mark or 0x00004000 comment \"masquerade\"");
        world.Elements(NftablesSetup.HairpinConnections).Should().Equal("10.0.1.1 . 10.0.1.1 . tcp . 80");
    }

    [Test]
    public void Without_a_choice_of_addresses_node_ports_answer_on_all_but_localhost()
    {
        NftablesWorld world = World(settings: settings => settings with { OnlyPrimaryNodePortAddress = false });

        world.Rules("services").Should().Contain("fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @service-nodeports");
        world.Sync.Table.FindSet(NftablesSetup.NodePortIPs).Should().BeNull();
    }

    [Test]
    public void Node_ports_answer_on_the_addresses_in_the_blocks_that_are_given()
    {
        NftablesWorld world = World(settings: settings => settings with { OnlyPrimaryNodePortAddress = false, NodePortAddresses = [Cidr.Parse("192.168.1.0/24"), Cidr.Parse("127.0.0.0/8")] });

        world.Elements(NftablesSetup.NodePortIPs).Should().Equal("192.168.1.2");
    }

    [Test]
    public void Interfaces_are_quoted_only_in_the_listing()
    {
        NftablesWorld world = World(settings: settings => settings with { Detector = LocalPodDetector.InterfaceNamePrefix, DetectorInterface = "veth" });

        world.Last[^1].Text.Should().Contain("ip daddr @cluster-ips iifname != veth* mark set mark or 0x00004000");
        NftablesListing.Of(world.Sync.Table).Should().Contain("ip daddr @cluster-ips iifname != \"veth*\" meta mark set meta mark | 0x00004000");
    }

    [Test]
    public void Nobody_is_masqueraded_for_a_cluster_ip_where_no_pod_can_be_told()
    {
        NftablesWorld world = World(settings: settings => settings with { ClusterCidrs = [] });

        world.Rules("services").Should().HaveCount(2);
    }

    [Test]
    public void The_listing_puts_blocks_together_that_touch()
    {
        NftablesText set = NftablesAddressSet.Of([Cidr.Parse("203.0.113.128/25"), Cidr.Parse("10.96.0.0/16"), Cidr.Parse("203.0.113.0/25"), Cidr.Parse("10.97.0.0/20")], [IpAddress.Parse("8.8.8.8")], " , ");

        set.Input.Should().Be("{ 203.0.113.128/25 , 10.96.0.0/16 , 203.0.113.0/25 , 10.97.0.0/20 , 8.8.8.8 }");
        set.Listed.Should().Be("{ 8.8.8.8, 10.96.0.0-10.97.15.255, 203.0.113.0/24 }");
    }

    [Test]
    public void A_single_block_needs_no_braces_in_the_listing() =>
        NftablesAddressSet.Of([Cidr.Parse("fd00::/64")], [], ",").Should().Be(new NftablesText("{ fd00::/64 }", "fd00::/64"));

    [Test]
    public void The_last_addresses_of_all_can_be_in_a_set() =>
        NftablesAddressSet.Of([Cidr.Parse("ffff::/16"), Cidr.Parse("::/1")], [], ",").Listed.Should().Be("{ ::/1, ffff::/16 }");

    [Test]
    public void A_table_that_nobody_has_made_is_listed_as_nothing() => NftablesListing.Of(new NftablesTable(isIPv6: false)).Should().BeEmpty();

    [Test]
    public void An_address_that_changes_its_way_is_deleted_and_added()
    {
        NftablesWorld world = World();
        world.Put(NodePort with { Spec = NodePort.Spec with { InternalTrafficPolicy = "Local" } });
        world.Run();

        world.Last[^1].Text.Should().Contain(
            "delete element ip kube-proxy service-ips { 172.30.0.41 . tcp . 80 }\nadd element ip kube-proxy service-ips { 172.30.0.41 . tcp . 80 : goto local-");
    }

    private static NftablesWorld World(NftablesLayout layout = NftablesLayout.Kubernetes136, Func<ProxySettings, ProxySettings>? settings = null)
    {
        var world = new NftablesWorld(layout);
        world.Node.ProxySettings = settings?.Invoke(world.Node.ProxySettings) ?? world.Node.ProxySettings;
        world.Put(NodePort);
        world.Endpoints("a", "10.0.1.1");
        world.Run();
        return world;
    }

    private static string Chain(NftablesWorld world, string prefix) => world.Sync.Table.Chains.Single(chain => chain.Name.StartsWith(prefix, StringComparison.Ordinal) && NftablesNames.IsServiceChain(chain.Name)).Name;
}
