using KubeSim.Addressing;

namespace KubeSim.Tests.LoadBalancing.Ipvs;

/// <summary>lc, wlc, sed and nq: those that look at every server's connections.</summary>
[TestFixture]
public sealed class ConnectionSchedulersTests
{
    [TestCase("lc")]
    [TestCase("wlc")]
    [TestCase("sed")]
    [TestCase("nq")]
    public void Among_equals_it_goes_in_the_order_of_the_list(string scheduler) => new VirtualService(scheduler).Opens(7).Should().Be("ABCABCA");

    [TestCase("lc", "ABCABCABC", Description = "weights do not matter")]
    [TestCase("wlc", "ABCAABAAB", Description = "the third and the fifth A win ties: at 1/2 with B, at 1 with both")]
    [TestCase("sed", "AABAABCAA")]
    [TestCase("nq", "ABCAAABAA", Description = "first to the idle, then as sed")]
    public void Weights_4_2_1(string scheduler, string picks) => new VirtualService(scheduler, "ABC", [4, 2, 1]).Opens(picks.Length).Should().Be(picks);

    [TestCase("lc")]
    [TestCase("wlc")]
    [TestCase("sed")]
    [TestCase("nq")]
    public void Quiesced_servers_get_nothing(string scheduler)
    {
        new VirtualService(scheduler, "ABC", [0, 1, 0]).Opens(3).Should().Be("BBB");
        new VirtualService(scheduler, "ABC", [0, 0, 0]).Pick().Should().Be('-');
    }

    [TestCase("lc", "ABCABC", Description = "closed connections count, one 256th each")]
    [TestCase("wlc", "ABCABC")]
    [TestCase("sed", "AAAAAA")]
    [TestCase("nq", "AAAAAA")]
    public void Connections_one_after_another(string scheduler, string picks)
    {
        var service = new VirtualService(scheduler);
        string got = "";
        for (int i = 0; i < picks.Length; i++)
        {
            got += service.Open(service.Pick());
            service.Close(got[^1]);
        }

        got.Should().Be(picks);
    }

    [Test]
    public void An_open_connection_weighs_as_much_as_256_closed_ones()
    {
        var service = new VirtualService("lc", "AB");
        service.Open('B');
        for (int i = 0; i < 256; i++)
        {
            service.Pick().Should().Be('A');
            service.Open('A');
            service.Close('A');
        }

        service.Pick().Should().Be('A', "256 to 256, and A is the first");
        service.Open('A');
        service.Close('A');
        service.Pick().Should().Be('B');
    }

    [TestCase(TransportProtocol.Tcp, 120)]
    [TestCase(TransportProtocol.Sctp, 61)]
    [TestCase(TransportProtocol.Udp, 300)]
    public void Closed_connections_are_forgotten_after_a_while(TransportProtocol protocol, int seconds)
    {
        var service = new VirtualService("lc", "AB", protocol: protocol);
        service.Open('A');
        service.Now = TimeSpan.FromSeconds(10);
        service.Close('A');
        service.Now += TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1);
        service.Pick().Should().Be('B');
        service.Now += TimeSpan.FromTicks(1);
        service.Pick().Should().Be('A');
    }

    [TestCase("lc", "ABCABC")]
    [TestCase("wlc", "ABCABC")]
    [TestCase("sed", "AAAAAA", Description = "UDP is never active")]
    [TestCase("nq", "AAAAAA")]
    public void Udp(string scheduler, string picks) => new VirtualService(scheduler, protocol: TransportProtocol.Udp).Opens(picks.Length).Should().Be(picks);

    [Test]
    public void A_new_server_is_filled_up_first()
    {
        var service = new VirtualService("lc", "AB");
        service.Opens(4);
        service.Change("ABC");
        service.Opens(4).Should().Be("CCAB", "C has caught up after two, and then the order of the list decides");
    }
}
