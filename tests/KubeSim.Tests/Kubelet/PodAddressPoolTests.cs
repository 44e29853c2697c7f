using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Kubelet;
using KubeSim.Simulation;

namespace KubeSim.Tests.Kubelet;

public sealed class PodAddressPoolTests
{
    [Test]
    public void Addresses_ascend_from_behind_the_gateway_and_a_released_one_comes_again_last()
    {
        PodAddressPool pool = Pool("10.244.1.0/29");
        string Next() => pool.Allocate() is { IsEmpty: false } given ? given[0].ToString() : "none";

        Next().Should().Be("10.244.1.2");
        Next().Should().Be("10.244.1.3");
        pool.Release([IpAddress.Parse("10.244.1.2")]);
        Next().Should().Be("10.244.1.4");
        Next().Should().Be("10.244.1.5");
        Next().Should().Be("10.244.1.6");
        Next().Should().Be("10.244.1.2");
        Next().Should().Be("none", "the broadcast address is not given");
        pool.WhyNone().Should().Be("failed to allocate for range 0: no IP addresses available in range set: 10.244.1.2-10.244.1.6");
    }

    [Test]
    public void A_pod_gets_both_families_or_none()
    {
        PodAddressPool pool = Pool("10.244.1.0/30", "fd00::/64");

        pool.Allocate().Select(address => address.ToString()).Should().Equal("10.244.1.2", "fd00::2");
        pool.Allocate().IsEmpty.Should().BeTrue();
        pool.Release([IpAddress.Parse("10.244.1.2"), IpAddress.Parse("fd00::2")]);
        pool.Allocate().Select(address => address.ToString()).Should().Equal("10.244.1.2", "fd00::3");
    }

    [Test]
    public void A_node_without_podCIDR_has_no_address_and_says_why()
    {
        Pool().Allocate().IsEmpty.Should().BeTrue();
        Pool().WhyNone().Should().Contain("spec.podCIDR");
    }

    [Test]
    public void Addresses_are_adopted_all_or_none()
    {
        PodAddressPool pool = Pool("10.244.1.0/24", "fd00::/64");
        pool.Adopt([new PodAddress { IP = "10.244.1.9" }, new PodAddress { IP = "fd00::9" }]).Length.Should().Be(2);
        pool.Adopt([new PodAddress { IP = "10.244.1.8" }, new PodAddress { IP = "fd00::9" }]).IsEmpty.Should().BeTrue("fd00::9 is in use");
        pool.Adopt([new PodAddress { IP = "10.244.1.8" }, new PodAddress { IP = "fd00::8" }]).Length.Should().Be(2, "the first try took nothing");
        pool.Adopt([new PodAddress { IP = "10.9.9.9" }, new PodAddress { IP = "fd00::7" }]).IsEmpty.Should().BeTrue("10.9.9.9 is not of this node");
    }

    [Test]
    public void Addresses_in_use_are_unique_and_inside_the_block_and_come_back_after_release([Range(1, 4)] int seed)
    {
        var random = new DeterministicRandom((ulong)seed);
        var block = Cidr.Parse("10.244.7.0/26");
        PodAddressPool pool = Pool("10.244.7.0/26");
        var inUse = new List<IpAddress>();
        var seen = new HashSet<IpAddress>();
        for (int step = 0; step < 2_000; step++)
        {
            if (random.NextInt32(2) == 0 || inUse.Count == 0)
            {
                EquatableArray<IpAddress> given = pool.Allocate();
                given.IsEmpty.Should().Be(inUse.Count == 61);
                if (!given.IsEmpty)
                {
                    inUse.Should().NotContain(given[0]);
                    block.Contains(given[0]).Should().BeTrue();
                    given[0].Should().NotBe(block.First).And.NotBe(block.Last).And.NotBe(block[1]);
                    inUse.Add(given[0]);
                    seen.Add(given[0]);
                }
            }
            else
            {
                int place = random.NextInt32(inUse.Count);
                pool.Release([inUse[place]]);
                inUse.RemoveAt(place);
            }
        }

        seen.Should().HaveCount(61);
        pool.Free.Should().Be(61 - inUse.Count);
    }

    private static PodAddressPool Pool(params string[] blocks) => new(blocks.Select(Cidr.Parse).ToEquatableArray());
}
