using KubeSim.Simulation;

namespace KubeSim.Tests.LoadBalancing.Ipvs;

[TestFixture]
public sealed class PowerOfTwosSchedulerTests
{
    private const int Draws = 40_000;

    [Test]
    public void The_first_server_is_drawn_twice_as_often_as_each_other_equal() =>
        // Without connections the first draw wins every tie: of 4 values, 0 and 1 are A, 2 is B, 3 is C.
        SharesAre(new VirtualService("twos"), 0.50, 0.25, 0.25);

    [Test]
    public void Weights_decide_how_often_a_server_is_drawn() =>
        // Of 5 values, 0 to 3 are B and 4 is C.
        SharesAre(new VirtualService("twos", "ABC", [0, 3, 1]), 0.00, 0.80, 0.20);

    [Test]
    public void The_busier_of_the_two_gets_it_only_when_it_is_drawn_twice()
    {
        var service = new VirtualService("twos");
        service.Open('A');

        // A twice: 1/4. Otherwise the first draw that is not A.
        SharesAre(service, 0.25, 0.375, 0.375);
    }

    [Test]
    public void Nobody_is_picked_where_all_are_quiesced() => new VirtualService("twos", "ABC", [0, 0, 0]).Pick().Should().Be('-');

    /// <summary>Within a hundredth, which is four standard deviations; the seed is fixed.</summary>
    private static void SharesAre(VirtualService service, params double[] shares)
    {
        service.Random = new DeterministicRandom(11);
        string picks = service.Picks(Draws);
        for (int i = 0; i < shares.Length; i++)
        {
            (picks.Count(picked => picked == "ABC"[i]) / (double)Draws).Should().BeApproximately(shares[i], 0.01);
        }
    }
}
