using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.CloudProvider;
using KubeSim.Simulation;

namespace KubeSim.Tests.CloudProvider;

public sealed class AddressPoolTests
{
    private static readonly NamespacedName Web = new("default", "web");

    [TestCase("198.51.100.0/30", 4)]
    [TestCase("198.51.100.1-198.51.100.254", 254)]
    [TestCase("198.51.100.7", 1)]
    [TestCase("fd00::/64", long.MaxValue)]
    public void A_range_is_a_block_a_span_or_one_address(string text, long count) => AddressRange.Parse(text).Count.Should().Be(count);

    [TestCase("198.51.100.9-198.51.100.1")]
    [TestCase("198.51.100.1-fd00::1")]
    [TestCase("198.51.100.1/24")]
    [TestCase("anything")]
    [TestCase("")]
    public void What_is_no_range_is_refused_with_an_example(string text) =>
        FluentActions.Invoking(() => AddressPool.Parse(text)).Should().Throw<FormatException>().WithMessage("*198.51.100.0/24*");

    [Test]
    public void Overlapping_ranges_are_refused() =>
        FluentActions.Invoking(() => AddressPool.Parse("198.51.100.0/24", "198.51.100.200-198.51.101.5")).Should().Throw<ArgumentException>();

    [Test]
    public void Ranges_are_used_in_order_and_the_lowest_free_address_first()
    {
        AddressPool pool = AddressPool.Parse("198.51.100.8/31", "198.51.100.2-198.51.100.3");
        string? Take() => pool.Take(true, Web)?.ToString();

        Take().Should().Be("198.51.100.8");
        Take().Should().Be("198.51.100.9");
        Take().Should().Be("198.51.100.2");
        pool.Release(IpAddress.Parse("198.51.100.8"), Web).Should().BeTrue();
        Take().Should().Be("198.51.100.8");
        Take().Should().Be("198.51.100.3");
        Take().Should().BeNull();
        pool.Take(false, Web).Should().BeNull();
    }

    [Test]
    public void Only_the_owner_can_give_an_address_back()
    {
        AddressPool pool = AddressPool.Parse("198.51.100.8/31");
        IpAddress address = pool.Take(true, Web)!.Value;

        pool.Release(address, new("default", "other")).Should().BeFalse();
        pool.TryTake(address, new("default", "other")).Should().BeFalse();
        pool.TryTake(address, Web).Should().BeTrue("it is its own");
        pool.OwnerOf(address).Should().Be(Web);
    }

    [TestCase(IPFamilyPolicy.SingleStack, "198.51.100.1")]
    [TestCase(IPFamilyPolicy.PreferDualStack, "198.51.100.1,fd00::1")]
    [TestCase(IPFamilyPolicy.RequireDualStack, "198.51.100.1,fd00::1")]
    public void A_dual_stack_service_gets_one_address_per_family(string policy, string addresses)
    {
        AddressPool pool = AddressPool.Parse("198.51.100.1-198.51.100.9", "fd00::1-fd00::9");
        string.Join(',', AddressAssignment.Make(pool, Service(policy), default).Addresses).Should().Be(addresses);
    }

    [TestCase(IPFamilyPolicy.PreferDualStack, "198.51.100.1")]
    [TestCase(IPFamilyPolicy.RequireDualStack, "")]
    public void Without_addresses_of_a_family_PreferDualStack_settles_for_the_other_and_RequireDualStack_fails(string policy, string addresses)
    {
        AddressPool pool = AddressPool.Parse("198.51.100.1-198.51.100.9");

        AddressAssignment made = AddressAssignment.Make(pool, Service(policy), default);

        string.Join(',', made.Addresses).Should().Be(addresses);
        (made.Pending?.Message ?? "").Should().Be(addresses.Length > 0 ? "" : "Failed to allocate IP for \"default/web\": no available IPs: the pool has no IPv6 address");
        pool.Take(true, new("default", "other"))!.Value.Should().Be(IpAddress.Parse(addresses.Length > 0 ? "198.51.100.2" : "198.51.100.1"), "nothing is kept of a failure");
    }

    [Test]
    public void Both_ways_of_asking_at_once_are_refused()
    {
        Service service = Service(IPFamilyPolicy.SingleStack);
        service = service with { Spec = service.Spec with { LoadBalancerIP = "198.51.100.1" }, Metadata = service.Metadata with { Annotations = LabelSet.Of("metallb.io/loadBalancerIPs", "198.51.100.1") } };

        AddressRequest.Of(service).Refusal!.Message.Should().Be(
            "Failed to allocate IP for \"default/web\": service can not have both metallb.io/loadBalancerIPs and svc.Spec.LoadBalancerIP");
    }

    [Test]
    public void Addresses_in_use_are_unique_and_inside_the_pool_and_come_back_after_release([Range(1, 4)] int seed)
    {
        var random = new DeterministicRandom((ulong)seed);
        AddressPool pool = AddressPool.Parse("198.51.100.0/28", "203.0.113.9-203.0.113.12");
        var inUse = new SortedSet<IpAddress>();
        for (int step = 0; step < 1_000; step++)
        {
            if (random.NextInt32(2) == 0 && pool.Take(true, Web) is { } given)
            {
                inUse.Add(given).Should().BeTrue();
                pool.Contains(given).Should().BeTrue();
            }
            else if (inUse.Count > 0)
            {
                IpAddress back = inUse.ElementAt(random.NextInt32(inUse.Count));
                pool.Release(back, Web).Should().BeTrue();
                inUse.Remove(back);
            }
        }

        while (pool.Take(true, Web) is { } given)
        {
            inUse.Add(given).Should().BeTrue();
        }

        inUse.Should().HaveCount(20);
    }

    private static Service Service(string policy) => new()
    {
        Metadata = new() { Name = "web", Namespace = "default" },
        Spec = new()
        {
            Type = ServiceType.LoadBalancer,
            IPFamilyPolicy = policy,
            IPFamilies = policy == IPFamilyPolicy.SingleStack ? [IPFamily.IPv4] : [IPFamily.IPv4, IPFamily.IPv6],
        },
    };
}
