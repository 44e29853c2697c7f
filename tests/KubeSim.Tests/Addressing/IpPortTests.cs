using KubeSim.Addressing;

namespace KubeSim.Tests.Addressing;

public sealed class IpPortTests
{
    [TestCase("10.0.0.1:80")]
    [TestCase("0.0.0.0:0")]
    [TestCase("10.0.0.1:65535")]
    [TestCase("[fd00::1]:443")]
    public void An_address_with_a_port_reads_as_it_is_printed(string text) => IpPort.Parse(text).ToString().Should().Be(text);

    [TestCase("")]
    [TestCase(":")]
    [TestCase(":80")]
    [TestCase("10.0.0.1")]
    [TestCase("10.0.0.1:")]
    [TestCase("10.0.0.1:65536")]
    [TestCase("10.0.0.1:080")]
    [TestCase("10.0.0.1:+80")]
    [TestCase("10.0.0.1:-1")]
    [TestCase("10.0.0.1: 80")]
    [TestCase("10.0.0.1:80 ")]
    [TestCase("10.0.0.1:http")]
    [TestCase("10.0.0.1:80:80")]
    [TestCase("[10.0.0.1]:80")]
    [TestCase("fd00::1:443")]
    [TestCase("[fd00::1]")]
    [TestCase("[fd00::1:443")]
    [TestCase("fd00::1]:443")]
    [TestCase("[[fd00::1]]:443")]
    [TestCase("[]:443")]
    [TestCase("[fd00::1%eth0]:443")]
    [TestCase("10.0.0.1:٨٠")]
    [TestCase("localhost:80")]
    public void Every_other_spelling_is_refused_and_named(string text)
    {
        IpPort.TryParse(text, out IpPort value).Should().BeFalse();
        value.Should().Be(default(IpPort));
        FluentActions.Invoking(() => IpPort.Parse(text)).Should().Throw<FormatException>().WithMessage($"*'{text}'*");
    }

    [TestCase(-1)]
    [TestCase(65536)]
    public void A_number_that_is_no_port_is_refused(int port) =>
        FluentActions.Invoking(() => new IpPort(default, port)).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void They_sort_by_address_and_then_by_port_as_a_number() =>
        new[] { "[::1]:1", "10.0.0.10:80", "10.0.0.9:443", "10.0.0.9:80" }.Select(IpPort.Parse).Order().Select(value => value.ToString())
            .Should().Equal("10.0.0.9:80", "10.0.0.9:443", "10.0.0.10:80", "[::1]:1");

    [Test]
    public void The_answers_of_a_flow_go_the_other_way()
    {
        var flow = new Flow(IpPort.Parse("10.244.1.5:40001"), IpPort.Parse("10.96.0.10:80"), TransportProtocol.Tcp);

        flow.ToString().Should().Be("10.244.1.5:40001 → 10.96.0.10:80/TCP");
        flow.Reversed.Reversed.Should().Be(flow);
        flow.Reversed.Source.Should().Be(flow.Destination);
    }
}
