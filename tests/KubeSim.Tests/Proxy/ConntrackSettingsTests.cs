using KubeSim.Proxy;

namespace KubeSim.Tests.Proxy;

[TestFixture]
public sealed class ConntrackSettingsTests
{
    [TestCase(32768, 131072, 2, 131072, TestName = "The_minimum_holds_on_small_machines")]
    [TestCase(32768, 131072, 8, 262144, TestName = "The_limit_grows_with_the_processors")]
    [TestCase(32768, 131072, 64, 1048576, TestName = "The_limit_ends_at_1048576")]
    [TestCase(32768, 2000000, 64, 1048576, TestName = "Where_the_limit_is_cut_the_minimum_is_not_looked_at")]
    [TestCase(0, 131072, 8, 0, TestName = "Without_a_number_for_each_processor_the_kernel_is_left_alone")]
    [TestCase(int.MaxValue, 1, int.MaxValue, 1048576, TestName = "Large_numbers_do_not_overflow")]
    public void Limit(int perCore, int min, int cores, int limit) => new ConntrackSettings { MaxPerCore = perCore, Min = min }.MaxFor(cores).Should().Be(limit);

    [Test]
    public void Only_what_is_configured_is_written()
    {
        new ConntrackSettings().WritesFor(8).Should().BeEmpty();
        new ConntrackSettings { MaxPerCore = 10, TcpEstablishedTimeout = TimeSpan.FromHours(24), TcpCloseWaitTimeout = TimeSpan.Zero, TcpBeLiberal = true }.WritesFor(8)
            .Should().Equal("nf_conntrack_max=80", "nf_conntrack_tcp_timeout_established=86400", "nf_conntrack_tcp_be_liberal=1");
    }
}
