using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Proxy.Rendering.Iptables;
using KubeSim.Tests.Dataplane;

namespace KubeSim.Tests.Proxy.Rendering.Iptables;

[TestFixture]
public sealed class IptablesSyncTests
{
    private Lab _lab = null!;
    private IptablesSync _sync = null!;
    private ServiceRule _web = null!;
    private ServiceRule _api = null!;

    [SetUp]
    public void SetUp()
    {
        _lab = new Lab();
        _sync = new IptablesSync(_lab.Node(1), isIPv6: false);
        _web = Rule("web", 1, 2);
        _api = Rule("api", 3);
        _lab.Install(ServiceTable.Empty.With(_web).With(_api));
    }

    [Test]
    public void The_first_sync_is_full_and_a_sync_without_changes_writes_only_what_services_share()
    {
        Next().IsFull.Should().BeTrue();
        string rules = _sync.Ruleset.ToString();

        IptablesSyncResult second = Next();

        second.IsFull.Should().BeFalse();
        second.Input.Nat.Chains.Should().Equal("KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-POSTROUTING", "KUBE-MARK-MASQ");
        second.Input.Nat.Rules.Should().HaveCount(6);
        _sync.Ruleset.ToString().Should().Be(rules);
    }

    [Test]
    public void A_partial_sync_leaves_the_kernel_as_a_full_one_would()
    {
        Next();
        _lab.Install(Rule("web", 2));
        IptablesSyncResult partial = Next();

        partial.IsFull.Should().BeFalse();
        partial.Input.Nat.DeletedChains.Should().Equal(new IptablesNames(_web.Name).EndpointChain("10.244.1.1:8080"));
        partial.Input.Nat.Chains.Should().NotContain(new IptablesNames(_api.Name).ServiceChain);
        _sync.Ruleset.ToString().Should().Be(IptablesRendering.Save(_lab.Node(1).Table!, _lab.Node(1), isIPv6: false));
    }

    [Test]
    public void A_service_whose_slices_were_touched_is_written_though_nothing_differs()
    {
        Next();

        Next(touched: [_api.Name.Service]).Input.Nat.Chains.Should().Contain(new IptablesNames(_api.Name).ServiceChain);
    }

    [Test]
    public void The_chains_of_a_service_that_is_gone_are_deleted()
    {
        Next();
        _lab.Install(_lab.Table.Without(_api.Name));

        Next().Input.Nat.DeletedChains.Should().Equal(new IptablesNames(_api.Name).EndpointChain("10.244.1.3:8080"), new IptablesNames(_api.Name).ServiceChain);
    }

    [Test]
    public void Another_zone_makes_a_full_sync()
    {
        Next();
        _lab.Node(1).Zone = "z";

        Next().IsFull.Should().BeTrue();
        Next().IsFull.Should().BeFalse();
    }

    [TestCase(3600, false)]
    [TestCase(3601, true)]
    public void After_more_than_an_hour_a_sync_is_full(int seconds, bool isFull)
    {
        Next();

        Next(seconds).IsFull.Should().Be(isFull);
    }

    [Test]
    public void A_refused_input_changes_nothing_and_makes_the_next_sync_full()
    {
        Next();
        string before = _sync.Ruleset.ToString();
        _lab.Install(Rule("web", 2));
        _sync.FailNext();

        Next().IsFull.Should().BeFalse();
        _sync.Ruleset.ToString().Should().Be(before);
        _sync.PartialRestoreFailures.Should().Be(1);

        Next().IsFull.Should().BeTrue();
        _sync.Ruleset.ToString().Should().Be(IptablesRendering.Save(_lab.Node(1).Table!, _lab.Node(1), isIPv6: false));
    }

    [Test]
    public void A_large_cluster_leaves_out_the_comments_of_endpoints_and_cleans_up_later()
    {
        Next();
        _lab.Install(_lab.Table.With(_web with { EndpointCount = 1001 }));

        IptablesSyncResult large = Next(31);
        large.IsFull.Should().BeFalse();
        large.Input.Nat.Rules.Should().Contain(rule => rule.ToString().StartsWith("-A KUBE-SEP-", StringComparison.Ordinal)).And.NotContain(rule => rule.ToString().Contains("->", StringComparison.Ordinal));
        Rules().Should().Contain("\"default/api:http -> 10.244.1.3:8080\"", "a Service that has not changed is not written anew");

        _lab.Install(_lab.Table.Without(_api.Name));
        Next(61).Input.Nat.DeletedChains.Should().BeEmpty();
        Rules().Should().Contain(new IptablesNames(_api.Name).ServiceChain);

        Next(62).Input.Nat.DeletedChains.Should().Contain(new IptablesNames(_api.Name).ServiceChain);
        Rules().Should().NotContain(new IptablesNames(_api.Name).ServiceChain);
    }

    [Test]
    public void A_large_cluster_has_no_hourly_full_sync()
    {
        _lab.Install(_lab.Table.With(_web with { EndpointCount = 1001 }));
        Next();

        Next(7200).IsFull.Should().BeFalse();
    }

    private IptablesSyncResult Next(int seconds = 0, params NamespacedName[] touched) => _sync.Next(_lab.Table, TimeSpan.FromSeconds(seconds), touched);

    private string Rules() => _sync.Ruleset.ToString();

    private static ServiceRule Rule(string service, params int[] pods) => new()
    {
        Name = Lab.Name(service),
        ClusterIP = Lab.Ip(service == "web" ? "10.96.0.10" : "10.96.0.20"),
        Port = 80,
        Cluster = BackendSelection.Of(BackendSet.Of([.. pods.Select(pod => new Backend(IpPort.Parse($"10.244.1.{pod}:8080"), "node-1"))])),
        HasAny = true,
        EndpointCount = pods.Length,
    };
}
