using KubeSim.Api;

namespace KubeSim.Tests.Proxy.Rendering.Nftables;

/// <source>kubernetes v1.36, pkg/proxy/nftables/proxier_test.go: TestSyncProxyRulesRepeated, TestSyncProxyRulesStartup</source>
[TestFixture]
public sealed class NftablesSyncTests
{
    private static readonly NamespacedName A = new("ns", "a");

    private NftablesWorld _world = null!;

    [SetUp]
    public void SetUp()
    {
        _world = new NftablesWorld();
        _world.Put(NftablesWorld.Service("a", "172.30.0.41"));
        _world.Endpoints("a", "10.0.1.1");
        _world.Put(NftablesWorld.Service("b", "172.30.0.42"));
        _world.Endpoints("b", "10.0.2.1");
        _world.Run();
    }

    [Test]
    public void A_new_service_costs_three_elements_and_a_chain()
    {
        _world.Put(NftablesWorld.Service("c", "172.30.0.43"));
        _world.Endpoints("c", "10.0.3.1");
        _world.Run();

        _world.Operations.Should().Be(6);
        _world.Sync.LastWasFull.Should().BeFalse();
    }

    [Test]
    public void A_service_that_is_gone_takes_its_elements_along_at_once_and_its_chain_later()
    {
        _world.Delete("b");
        _world.Run();

        _world.Operations.Should().Be(4, "three elements are deleted and a chain is emptied");
        string chain = _world.Sync.StaleChains.Should().ContainSingle().Subject;
        _world.Sync.Table.FindChain(chain)!.Rules.Should().BeEmpty();

        _world.Run(secondsLater: 1.001);

        _world.Last.Should().HaveCount(2);
        _world.Last[0].Text.Should().Be($"delete chain ip kube-proxy {chain}\n");
        _world.Last[1].Text.Should().BeEmpty("kube-proxy runs nft also where there is nothing to write");
        _world.Sync.Table.FindChain(chain).Should().BeNull();
    }

    [Test]
    public void An_emptied_chain_stays_for_a_second_and_is_filled_again_when_it_is_wanted()
    {
        _world.Endpoints("a");
        _world.Run();
        _world.Sync.StaleChains.Should().HaveCount(1);

        _world.Endpoints("a", "10.0.1.1", "10.0.1.2");
        _world.Run(secondsLater: 1);

        _world.Last.Should().HaveCount(1, "a second is not more than a second");
        _world.Operations.Should().Be(7);
        _world.Sync.StaleChains.Should().BeEmpty();
    }

    [Test]
    public void A_changed_address_costs_two_elements_and_a_chain()
    {
        _world.Endpoints("a", "10.0.1.9");
        _world.Run();

        _world.Operations.Should().Be(5);
    }

    [Test]
    public void What_has_not_changed_costs_nothing()
    {
        _world.Run();

        _world.Operations.Should().Be(0);
        _world.Sync.HasChanges(_world.Services).Should().BeFalse();
        _world.Sync.HasChanges(_world.Services, [A]).Should().BeTrue("a slice counts whatever it says");
        _world.Delete("a");
        _world.Sync.HasChanges(_world.Services).Should().BeTrue();
    }

    [Test]
    public void A_slice_that_changes_without_consequences_has_its_service_written_again()
    {
        _world.Run(0.5, A);

        _world.Operations.Should().Be(3);
    }

    [Test]
    public void A_port_is_written_again_with_the_service_it_belongs_to()
    {
        ServicePort http = new() { Name = "p80", Port = 80, Protocol = "TCP" };
        _world.Put(NftablesWorld.Service("a", "172.30.0.41", http, new ServicePort { Name = "p81", Port = 81, Protocol = "TCP" }));
        _world.Run();

        _world.Last[^1].Text.Should().Contain("flush chain ip kube-proxy service-").And.Contain("172.30.0.41 . tcp . 81 comment \"ns/a:p81\" : goto reject-chain");
    }

    [Test]
    public void A_proxy_that_starts_over_existing_rules_writes_only_elements_that_differ()
    {
        _world.Run();
        _world.RestartProxy();
        _world.Run();
        int setup = _world.Operations - 6;

        _world.Endpoints("a", "10.0.1.1", "10.0.1.2");
        _world.Put(NftablesWorld.Service("c", "172.30.0.43"));
        _world.RestartProxy();
        _world.Run();

        (_world.Operations - setup).Should().Be(9);
        _world.Last[^1].Text.Should().Contain("delete chain ip kube-proxy nat-output\n", "another release may have had other priorities");
    }

    [Test]
    public void Another_zone_an_hour_or_a_failure_bring_a_full_sync()
    {
        _world.Node.Zone = "zone-b";
        _world.Run();
        _world.Sync.LastWasFull.Should().BeTrue();
        _world.Last[^1].Text.Should().NotContain("delete chain", "base chains are made anew only once");

        _world.Run(secondsLater: 3600);
        _world.Sync.LastWasFull.Should().BeFalse();
        _world.Run(secondsLater: 1);
        _world.Sync.LastWasFull.Should().BeTrue();

        _world.Sync.RequireFullSync();
        _world.Run();
        _world.Sync.LastWasFull.Should().BeTrue();
    }

    [Test]
    public void The_sets_of_clients_go_at_once()
    {
        Service sticky = NftablesWorld.Service("a", "172.30.0.41");
        _world.Put(sticky with { Spec = sticky.Spec with { SessionAffinity = "ClientIP" } });
        _world.Run();
        _world.Sync.Table.Sets.Should().ContainSingle(set => set.Timeout == TimeSpan.FromHours(3));

        _world.Put(sticky);
        _world.Run();

        _world.Sync.Table.Sets.Should().NotContain(set => set.Timeout != null);
        _world.Last[^1].Text.Should().Contain("flush chain ip kube-proxy endpoint-").And.Contain("delete set ip kube-proxy affinity-");
    }
}
