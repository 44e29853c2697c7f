using CsCheck;

namespace KubeSim.Tests.LoadBalancing.Ipvs;

[TestFixture]
public sealed class WeightedRoundRobinSchedulerTests
{
    [TestCase(new[] { 4, 3, 2 }, "AABABCABCAABABCABC", Description = "the example of the LVS documentation")]
    [TestCase(new[] { 5, 1, 1 }, "AAAAABCAAAAABC")]
    [TestCase(new[] { 200, 100, 0 }, "AABAAB")]
    [TestCase(new[] { 1, 1, 1 }, "ABCABC")]
    [TestCase(new[] { 0, 0, 0 }, "--")]
    public void The_sequence_follows_from_the_weights(int[] weights, string picks) =>
        new VirtualService("wrr", "ABC", weights).Picks(picks.Length).Should().Be(picks);

    [Test]
    public void Without_weights_it_is_round_robin() => new VirtualService("wrr").Picks(7).Should().Be("ABCABCA");

    [Test]
    public void Any_change_begins_at_the_head_of_the_list_and_the_same_list_again_does_not()
    {
        var service = new VirtualService("wrr");
        service.Picks(2).Should().Be("AB");
        service.Change("ABC");
        service.Picks(2).Should().Be("CA");
        service.Change("ABCD");
        service.Picks(5).Should().Be("ABCDA");
    }

    [Test]
    public void The_current_weight_outlives_a_change_where_it_still_fits()
    {
        var service = new VirtualService("wrr", "ABC", [4, 3, 2]);
        service.Picks(4).Should().Be("AABA", "the current weight is 2 now");
        service.Change("ABC", 4, 3, 1);
        service.Picks(5).Should().Be("ABABC", "it goes on with weight 2 from the head, then with weight 1");
    }

    [Test]
    public void The_current_weight_is_cut_to_the_new_maximum_and_rounded_to_the_new_step()
    {
        var service = new VirtualService("wrr", "ABC", [9, 1, 1]);
        service.Picks(2).Should().Be("AA", "the current weight is 8 now");
        service.Change("ABC", 2, 1, 1);
        service.Picks(4).Should().Be("AABC");

        var other = new VirtualService("wrr", "AB", [9, 1]);
        other.Picks(2).Should().Be("AA");
        other.Change("AB", 12, 3);
        other.Picks(5).Should().Be("AAABA", "8 became 7 by the step of 3: A at 7, 4 and 1, B at 1, then from the top");
    }

    [Test]
    public void One_round_gives_each_server_its_weight_in_units_of_the_common_divisor() =>
        Gen.Int[0, 30].Array[1, 8].Sample(weights =>
        {
            int divisor = weights.Aggregate(0, static (a, b) => (int)System.Numerics.BigInteger.GreatestCommonDivisor(a, b));
            if (divisor == 0) return true;
            string letters = "ABCDEFGH"[..weights.Length];
            string round = new VirtualService("wrr", letters, weights).Picks(weights.Sum() / divisor);
            return letters.Select((letter, i) => round.Count(picked => picked == letter) == weights[i] / divisor).All(right => right);
        });
}
