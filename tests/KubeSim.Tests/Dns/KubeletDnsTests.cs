using KubeSim.Api;
using KubeSim.Dns;

namespace KubeSim.Tests.Dns;

[TestFixture]
public sealed class KubeletDnsTests
{
    private const string Node = "nameserver 8.8.8.8\nsearch host.domain\noptions rotate timeout:1\n";

    [TestCase(null, false, "10.96.0.10", "ns.svc.cluster.local svc.cluster.local cluster.local host.domain", "ndots:5")]
    [TestCase("ClusterFirst", false, "10.96.0.10", "ns.svc.cluster.local svc.cluster.local cluster.local host.domain", "ndots:5")]
    [TestCase("ClusterFirst", true, "8.8.8.8", "host.domain", "rotate timeout:1")]
    [TestCase("ClusterFirstWithHostNet", true, "10.96.0.10", "ns.svc.cluster.local svc.cluster.local cluster.local host.domain", "ndots:5")]
    [TestCase("Default", false, "8.8.8.8", "host.domain", "rotate timeout:1")]
    [TestCase("None", false, "", "", "")]
    public void The_policy_says_where_the_file_comes_from(string? policy, bool hostNetwork, string nameservers, string searches, string options) =>
        Text(Kubelet(Node).Of(Pod(policy, hostNetwork))).Should().Be($"{nameservers}; {searches}; {options}");

    [Test]
    public void The_pods_own_configuration_is_merged_in()
    {
        Pod pod = Pod("ClusterFirst", dnsConfig: new()
        {
            Nameservers = ["10.0.0.11", "10.96.0.10"],
            Searches = ["my.domain", "host.domain"],
            Options = [new() { Name = "ndots", Value = "3" }, new() { Name = "debug" }],
        });

        Text(Kubelet(Node).Of(pod)).Should().Be("10.96.0.10 10.0.0.11; ns.svc.cluster.local svc.cluster.local cluster.local host.domain my.domain; debug ndots:3");
        Kubelet(Node).Of(pod).Ndots.Should().Be(3);
    }

    [TestCase("nameserver 1.2.3.4\nsearch foo\nnameserver 5.6.7.8\nsearch bar\noptions ndots:5 attempts:4", "1.2.3.4 5.6.7.8; bar; ndots:5 attempts:4")]
    [TestCase("search . host.domain. host.domain", "; host.domain host.domain; ")]
    [TestCase("# nothing\n; nothing\nnameserver\n\tnameserver  1.1.1.1 2.2.2.2\r\n", "1.1.1.1; ; ")]
    [TestCase("", "; ; ")]
    public void The_nodes_file_is_read_as_the_kubelet_reads_it(string file, string expected) => Text(ResolverConfiguration.Parse(file)).Should().Be(expected);

    [Test]
    public void Too_much_is_cut_from_the_end_with_a_warning()
    {
        Warnings(string.Concat(Enumerable.Range(1, 4).Select(i => $"nameserver 1.1.1.{i}\n")), out ResolverConfiguration servers).Should().Equal("DNSConfigForming: nameserver limits exceeded");
        servers.Nameservers.Should().HaveCount(3);

        Warnings("search " + string.Join(' ', Enumerable.Range(1, 33).Select(i => $"d{i}")), out ResolverConfiguration searches).Should().Equal("DNSConfigForming: search line limits exceeded");
        searches.Searches.Should().HaveCount(32).And.EndWith("d32");

        Warnings($"search {new string('a', 254)} short", out ResolverConfiguration tooLong).Should().Equal("DNSConfigForming: search line limits exceeded");
        tooLong.Searches.Should().Equal("short");

        Warnings("search " + string.Join(' ', Enumerable.Range(10, 10).Select(i => new string('a', 218) + i)), out ResolverConfiguration line).Should().HaveCount(1);
        string.Join(' ', line.Searches).Length.Should().BeLessThanOrEqualTo(2048).And.BeGreaterThan(1800);
    }

    [Test]
    public void Without_a_cluster_server_or_a_file_the_rest_is_used()
    {
        var warnings = new List<string>();
        Text((Kubelet(Node) with { ClusterDns = [] }).Of(Pod("ClusterFirst"), warnings)).Should().Be("8.8.8.8; host.domain; rotate timeout:1");
        warnings.Should().Equal("MissingClusterDNS");

        Text(new KubeletDns { NodeFile = null }.Of(Pod("Default"))).Should().Be("127.0.0.1; .; ");
    }

    private static List<string> Warnings(string file, out ResolverConfiguration configuration)
    {
        var warnings = new List<string>();
        configuration = Kubelet(file).Of(Pod("Default"), warnings);
        return warnings;
    }

    private static KubeletDns Kubelet(string file) => new() { NodeFile = ResolverConfiguration.Parse(file) };

    private static Pod Pod(string? policy, bool hostNetwork = false, PodDnsConfig? dnsConfig = null)
    {
        Pod pod = DnsWorld.Pod("ns");
        return pod with { Spec = pod.Spec with { DnsPolicy = policy, HostNetwork = hostNetwork, DnsConfig = dnsConfig } };
    }

    private static string Text(ResolverConfiguration file) =>
        $"{string.Join(' ', file.Nameservers)}; {string.Join(' ', file.Searches)}; {string.Join(' ', file.Options)}";
}
