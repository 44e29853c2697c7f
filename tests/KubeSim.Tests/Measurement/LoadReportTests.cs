using KubeSim.Addressing;
using KubeSim.Measurement;
using KubeSim.Tracing;

namespace KubeSim.Tests.Measurement;

[TestFixture]
public sealed class LoadReportTests
{
    private static readonly IpPort A = IpPort.Parse("10.244.1.5:80");
    private static readonly IpPort B = IpPort.Parse("10.244.1.6:80");

    [Test]
    public void It_counts_outcomes_and_shares_in_the_order_of_addresses()
    {
        var counter = new LoadCounter();
        counter.Established(B, "web-1", "node-1", "a", "b");
        counter.Established(A, "web-0", "node-1", "a", "a");
        counter.Established(B, "web-1", "node-1", null, "b");
        counter.Failed(ConnectionOutcome.Refused);

        LoadReport report = counter.ToReport();

        (report.Sent, report.Established, report.Failed, report.Count(ConnectionOutcome.Refused)).Should().Be((4, 3, 1, 1));
        report.PerEndpoint.Should().Equal(new EndpointShare(A, "web-0", "node-1", 1), new EndpointShare(B, "web-1", "node-1", 2));
        report.CrossZoneRatio.Should().Be(0.5);
        report.JainFairness.Should().BeApproximately(0.9, 1e-12);
        report.ToCsvRow().Should().Be("4,3,1,0,0,0,0,2,0.900000,0.500000");
        report.ToString().Should().Be("3 of 4 established, 1 refused; fairness 0.900\n  10.244.1.5:80  1  web-0 on node-1\n  10.244.1.6:80  2  web-1 on node-1");
    }

    [Test]
    public void The_header_names_every_column_of_a_row() =>
        LoadReport.CsvHeader.Split(',').Should().HaveSameCount(new LoadCounter().ToReport().ToCsvRow().Split(','));

    [TestCase(new long[] { }, 1)]
    [TestCase(new long[] { 0, 0 }, 1)]
    [TestCase(new long[] { 5, 5, 5 }, 1)]
    [TestCase(new long[] { 9, 0, 0, 0 }, 0.25)]
    public void Fairness_is_one_for_equal_shares_and_one_nth_when_one_gets_everything(long[] shares, double fairness)
    {
        var counter = new LoadCounter();
        for (int i = 0; i < shares.Length; i++)
        {
            var endpoint = new IpPort(A.Address, 1_000 + i);
            counter.Expect(endpoint, null, null);
            for (long n = 0; n < shares[i]; n++) counter.Established(endpoint, null, null, null, null);
        }

        counter.ToReport().JainFairness.Should().Be(fairness);
        counter.ToReport().PerEndpoint.Length.Should().Be(shares.Length);
    }
}
