using KubeSim.Addressing;
using KubeSim.Measurement;
using KubeSim.Tracing;

namespace KubeSim.Tests.Measurement;

[TestFixture]
public sealed class ReachabilityTests
{
    private static readonly Reachability Table = new(
        ["pod", "node-1", "203.0.113.10"],
        [
            .. ((Frontend[])
            [
                new(FrontendKind.ClusterIP, IpPort.Parse("10.96.41.7:80")), new(FrontendKind.NodePort, IpPort.Parse("192.168.0.1:30080")),
                new(FrontendKind.NodePort, IpPort.Parse("192.168.0.2:30080")), new(FrontendKind.LoadBalancer, IpPort.Parse("198.51.100.1:80")),
            ]).Select(ReachabilityTarget.Of),
        ],
        [.. Enumerable.Repeat(ConnectionOutcome.Established, 8), ConnectionOutcome.NoRoute, .. Enumerable.Repeat(ConnectionOutcome.Established, 3)]);

    [Test]
    public void It_reads_as_a_table() => Table.ToString().Should().Be(
        """
                        ClusterIP       NodePort           NodePort           LoadBalancer
        from            10.96.41.7:80   192.168.0.1:30080  192.168.0.2:30080  198.51.100.1:80
        pod             established     established        established        established
        node-1          established     established        established        established
        203.0.113.10    no route        established        established        established
        """);

    [Test]
    public void A_cell_is_found_by_place_and_by_name()
    {
        Table[2, 0].Should().Be(ConnectionOutcome.NoRoute);
        Table["203.0.113.10", "10.96.41.7:80"].Should().Be(ConnectionOutcome.NoRoute);
        Table["pod", "10.96.41.7:80"].Should().Be(ConnectionOutcome.Established);
        Table.IsComplete.Should().BeFalse();
        FluentActions.Invoking(() => Table[3, 0]).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Table["nobody", "10.96.41.7:80"]).Should().Throw<ArgumentException>().WithMessage("'nobody' is none*");
    }
}
