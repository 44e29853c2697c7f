using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Tests;

/// <summary>The rules of a node as its tools show them.</summary>
public sealed class ProxyHandleTests
{
    [Test]
    public void Rules_are_shown_as_each_tool_shows_them()
    {
        using Cluster cluster = Make(ProxyMode.IPTables);
        ProxyHandle proxy = cluster.Node("node-1").Proxy;

        proxy.Mode.Should().Be(ProxyMode.IPTables);
        proxy.RenderIptables().Should().StartWith("*mangle\n").And.Contain("-A KUBE-SERVICES -d 10.96.7.7/32 -p tcp -m comment --comment \"default/web cluster IP\"").And.EndWith("COMMIT\n");
        proxy.RenderNftables().Should().StartWith("table ip kube-proxy {\n").And.Contain("10.96.7.7 . tcp . 80 : goto service-").And.EndWith("}\n");
        proxy.RenderIpvs().Should().Contain("TCP  10.96.7.7:80 rr\n").And.Contain(":8080 ");
        proxy.RenderNftables(ipv6: true).Should().StartWith("table ip6 kube-proxy {\n").And.NotContain("10.96.7.7");
        proxy.RenderNftables(layout: NftablesLayout.Kubernetes134).Should().Contain("chain mark-for-masquerade");
    }

    [TestCase(ProxyMode.IPTables, "+-A KUBE-SEP-")]
    [TestCase(ProxyMode.Nftables, "+\t\t")]
    public void The_difference_between_two_instants_is_what_has_changed_and_little_more(ProxyMode mode, string added)
    {
        using Cluster cluster = Make(mode);
        ProxyHandle proxy = cluster.Node("node-1").Proxy;
        ProxySnapshot before = proxy.TakeSnapshot();
        before.DifferenceTo(proxy.TakeSnapshot()).Should().BeEmpty();

        string address = cluster.RunPod("web-2", port: 8080, labels: "app=web").Address.ToString();

        string difference = before.DifferenceTo(proxy.TakeSnapshot());
        string[] changed = [.. difference.Split('\n').Where(line => line.StartsWith('+') || line.StartsWith('-'))];
        changed.Should().Contain(line => line.StartsWith(added, StringComparison.Ordinal) && line.Contains(address, StringComparison.Ordinal));
        changed.Length.Should().BeLessThan(12);
        proxy.TakeSnapshot().DifferenceTo(before).Split('\n').Count(line => line.StartsWith('-')).Should().Be(changed.Count(line => line.StartsWith('+')));
    }

    [TestCase(ProxyMode.IPTables)]
    [TestCase(ProxyMode.Nftables)]
    public void A_partial_sync_writes_the_changed_service_alone(ProxyMode mode)
    {
        using Cluster cluster = Make(mode);
        cluster.RunPod("other", port: 80, labels: "app=other");
        cluster.Expose("pod/other");
        ProxyHandle proxy = cluster.Node("node-1").Proxy;
        ProxySnapshot before = proxy.TakeSnapshot();
        string address = cluster.RunPod("web-2", port: 8080, labels: "app=web").Address.ToString();

        string partial = proxy.RenderSync(before);

        partial.Should().Contain(address);
        partial.Length.Should().BeLessThan(proxy.RenderSync().Length);
        partial.Should().NotContain(cluster.Pod("other").Address.ToString());
    }

    [Test]
    public void A_snapshot_of_another_node_and_a_mode_without_input_are_refused()
    {
        using Cluster cluster = Make(ProxyMode.Ipvs);
        ProxySnapshot elsewhere = cluster.Node("node-2").Proxy.TakeSnapshot();
        ProxyHandle proxy = cluster.Node("node-1").Proxy;

        proxy.Invoking(handle => handle.RenderSync(elsewhere)).Should().Throw<ArgumentException>().WithParameterName("since");
        proxy.Invoking(handle => handle.RenderSync()).Should().Throw<NotSupportedException>();
        proxy.Invoking(handle => handle.RenderNftables(layout: (NftablesLayout)9)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("layout");
        elsewhere.Invoking(snapshot => snapshot.DifferenceTo(null!)).Should().Throw<ArgumentNullException>();
    }

    [Test]
    public void Before_the_first_sync_there_are_no_rules()
    {
        using Cluster cluster = Cluster.Create(new ClusterOptions { Delays = PropagationDelays.Typical });
        ProxyHandle proxy = cluster.Node("node-1").Proxy;
        (proxy.RenderIptables() + proxy.RenderNftables()).Should().BeEmpty();
    }

    private static Cluster Make(ProxyMode mode)
    {
        Cluster cluster = Cluster.Create(new ClusterOptions { Nodes = [new("node-1"), new("node-2")], ProxyMode = mode });
        cluster.RunPod("web-1", port: 8080, labels: "app=web");
        cluster.Apply("""
            apiVersion: v1
            kind: Service
            metadata: { name: web }
            spec: { clusterIP: 10.96.7.7, selector: { app: web }, ports: [ { port: 80, targetPort: 8080 } ] }
            """);
        return cluster;
    }
}
