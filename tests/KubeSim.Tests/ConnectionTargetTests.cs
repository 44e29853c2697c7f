using KubeSim.Addressing;
using KubeSim.Tracing;

namespace KubeSim.Tests;

public sealed class ConnectionTargetTests
{
    [TestCase("web:80", "web", 80, TransportProtocol.Tcp)]
    [TestCase("web.shop:65535", "web.shop", 65535, TransportProtocol.Tcp)]
    [TestCase("10.96.0.10:80", "10.96.0.10", 80, TransportProtocol.Tcp)]
    [TestCase("[fd00::10]:80", "fd00::10", 80, TransportProtocol.Tcp)]
    [TestCase("udp://dns.kube-system:53", "dns.kube-system", 53, TransportProtocol.Udp)]
    [TestCase("sctp://a:1", "a", 1, TransportProtocol.Sctp)]
    public void A_target_is_what_people_type(string text, string host, int port, TransportProtocol protocol) =>
        ConnectionTarget.Parse(text).Should().Be(new ConnectionTarget(host, (ushort)port, protocol));

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("web")]
    [TestCase("web:")]
    [TestCase("web:0")]
    [TestCase("web:99999")]
    [TestCase("web:+80")]
    [TestCase(":80")]
    [TestCase("[::1")]
    [TestCase("::1:80")]
    [TestCase("[x]:80")]
    [TestCase("a b:80")]
    [TestCase("a\0b:80")]
    [TestCase("http://web:80")]
    public void What_is_no_target_is_refused_and_names_the_parameter(string? text)
    {
        using var cluster = Cluster.Create();
        NodeHandle node = cluster.Node("node-1");

        FluentActions.Invoking(() => node.Connect(text!)).Should().Throw<ArgumentException>().Which.ParamName.Should().Be("target");
        FluentActions.Invoking(() => node.Trace(text!)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => node.ConnectMany(text!, 1)).Should().Throw<ArgumentException>();
    }

    [Test]
    public void A_hostile_target_is_quoted_by_its_beginning() =>
        FluentActions.Invoking(() => ConnectionTarget.Parse(new string('a', 100_000) + ":80")).Should().Throw<ArgumentException>().Which.Message.Length.Should().BeLessThan(400);

    [Test]
    public void A_missing_source_or_target_of_a_table_is_named()
    {
        using var cluster = Cluster.Create();

        FluentActions.Invoking(() => cluster.Reach([cluster.Node("node-1"), null!], ["web:80"])).Should().Throw<ArgumentException>().WithMessage("Element 1 is null*").Which.ParamName.Should().Be("from");
        FluentActions.Invoking(() => cluster.Reach([cluster.Node("node-1")], new string[] { null! })).Should().Throw<ArgumentException>().Which.ParamName.Should().Be("to");
    }

    [Test]
    public void A_table_by_name_says_who_knows_the_name()
    {
        using var cluster = Cluster.Create();
        PodHandle web = cluster.RunPod("web", port: 80);
        cluster.Expose("pod/web");

        var table = cluster.Reach([web, cluster.External()], ["web:80"]);

        table["web", "web:80"].Should().Be(ConnectionOutcome.Established);
        table["203.0.113.10", "web:80"].Should().Be(ConnectionOutcome.NameNotResolved);
    }
}
