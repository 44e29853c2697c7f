namespace KubeSim.Tests.LoadBalancing.Ipvs;

[TestFixture]
public sealed class RoundRobinSchedulerTests
{
    [Test]
    public void It_begins_with_the_first_and_goes_round() => new VirtualService("rr").Picks(7).Should().Be("ABCABCA");

    [Test]
    public void Quiesced_servers_are_passed_over_and_weights_otherwise_do_not_matter() =>
        new VirtualService("rr", "ABCD", [5, 0, 1, 0]).Picks(5).Should().Be("ACACA");

    [Test]
    public void Where_all_are_quiesced_nobody_is_picked_and_the_position_stays()
    {
        var service = new VirtualService("rr", "ABC", [1, 1, 1]);
        service.Picks(1).Should().Be("A");
        service.Change("ABC", 0, 0, 0);
        service.Picks(2).Should().Be("--");
        service.Change("ABC", 1, 1, 1);
        service.Picks(2).Should().Be("BC");
    }

    [TestCase("B", "CAC", TestName = "Taking_away_another_one_keeps_the_position")]
    [TestCase("A", "BCB", TestName = "Taking_away_the_one_picked_last_when_it_was_the_first_begins_again")]
    public void Removal(string removed, string then)
    {
        var service = new VirtualService("rr");
        service.Picks(removed == "A" ? 1 : 2);
        service.Change("ABC".Replace(removed, "", StringComparison.Ordinal));
        service.Picks(3).Should().Be(then);
    }

    [Test]
    public void Where_the_one_picked_last_goes_the_one_before_it_counts_as_picked_last()
    {
        var service = new VirtualService("rr", "ABCDE");
        service.Picks(3).Should().Be("ABC");
        service.Change("ADE");
        service.Picks(3).Should().Be("DEA", "B and C have gone, so A was the last");
    }

    [Test]
    public void Servers_that_join_before_the_position_wait_for_the_next_round()
    {
        var service = new VirtualService("rr", "BC");
        service.Picks(1).Should().Be("B");
        service.Change("ABC");
        service.Picks(4).Should().Be("CABC");
    }

    [Test]
    public void The_position_belongs_to_a_server_not_to_a_place()
    {
        var service = new VirtualService("rr", "ABCD");
        service.Picks(2).Should().Be("AB");
        service.Change("DCBA");
        service.Picks(3).Should().Be("ADC");
    }
}
