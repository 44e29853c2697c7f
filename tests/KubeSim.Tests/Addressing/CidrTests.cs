using CsCheck;
using KubeSim.Addressing;

namespace KubeSim.Tests.Addressing;

public sealed class CidrTests
{
    private static readonly Gen<Cidr> Any = Gen.Frequency(
        (1, Gen.Select(Gen.UInt, Gen.Int[0, 32], (value, length) => Cidr.Around(IpAddress.FromValue(value, true), length))),
        (1, Gen.Select(Gen.ULong[1UL << 60, ulong.MaxValue], Gen.ULong, Gen.Int[4, 128], (high, low, length) => Cidr.Around(IpAddress.FromValue(new UInt128(high, low), false), length))));

    [TestCase("10.96.0.0/12", "10.96.0.0", "10.111.255.255", 1L << 20)]
    [TestCase("0.0.0.0/0", "0.0.0.0", "255.255.255.255", 1L << 32)]
    [TestCase("10.0.0.7/32", "10.0.0.7", "10.0.0.7", 1L)]
    [TestCase("fd00::/108", "fd00::", "fd00::f:ffff", 1L << 20)]
    [TestCase("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", long.MaxValue)]
    [TestCase("2001:db8::1/128", "2001:db8::1", "2001:db8::1", 1L)]
    [TestCase("fd00::/66", "fd00::", "fd00::3fff:ffff:ffff:ffff", 1L << 62)]
    [TestCase("fd00::/65", "fd00::", "fd00::7fff:ffff:ffff:ffff", long.MaxValue)]
    public void A_block_knows_its_ends_and_its_size(string text, string first, string last, long count)
    {
        Cidr block = Cidr.Parse(text);

        (block.First.ToString(), block.Last.ToString(), block.Count, block.ToString()).Should().Be((first, last, count, text));
    }

    [TestCase("")]
    [TestCase("/")]
    [TestCase("10.0.0.0")]
    [TestCase("10.0.0.0/")]
    [TestCase("/8")]
    [TestCase("10.0.0.0/33")]
    [TestCase("10.0.0.0/08")]
    [TestCase("10.0.0.0/-8")]
    [TestCase("10.0.0.0/+8")]
    [TestCase("10.0.0.0/ 8")]
    [TestCase("10.0.0.0/8 ")]
    [TestCase("10.0.0.0/8/8")]
    [TestCase("10.0.0.0/255.0.0.0")]
    [TestCase("10.0.0.0/9999999999")]
    [TestCase("10.0.0/8")]
    [TestCase("010.0.0.0/8")]
    [TestCase("::/129")]
    [TestCase("::/256")]
    [TestCase("::ffff:10.0.0.0/104")]
    [TestCase("fe80::%eth0/64")]
    [TestCase("10.0.0.1/8")]
    [TestCase("fd00::1/64")]
    [TestCase("128.0.0.0/0")]
    public void Every_other_spelling_is_refused_and_named(string text)
    {
        Cidr.TryParse(text, out _).Should().BeFalse();
        FluentActions.Invoking(() => Cidr.Parse(text)).Should().Throw<FormatException>().WithMessage($"*'{text}'*");
    }

    [Test]
    public void A_block_with_bits_behind_its_prefix_is_refused_with_the_block_that_would_be_right()
    {
        FluentActions.Invoking(() => Cidr.Parse("10.96.0.1/12")).Should().Throw<FormatException>().WithMessage("*10.96.0.0/12*");
        FluentActions.Invoking(() => new Cidr(IpAddress.Parse("10.96.0.1"), 12)).Should().Throw<ArgumentException>().WithMessage("*10.96.0.0/12*");
    }

    [Test]
    public void Any_block_reads_as_it_is_printed_and_holds_its_ends_but_not_their_neighbours() =>
        Any.Sample(block => Cidr.Parse(block.ToString()) == block && block.Contains(block.First) && block.Contains(block.Last) && !HoldsNeighbour(block), iter: 20_000);

    [Test]
    public void Blocks_overlap_exactly_if_one_contains_the_other() =>
        Gen.Select(Gen.Int[0, 15], Gen.Int[28, 32], Gen.Int[0, 15], Gen.Int[28, 32]).Sample((a, aLength, b, bLength) =>
        {
            Cidr left = Cidr.Around(IpAddress.FromValue((uint)a, true), aLength);
            Cidr right = Cidr.Around(IpAddress.FromValue((uint)b, true), bLength);
            bool shared = Enumerable.Range(0, 32).Select(i => IpAddress.FromValue((uint)i, true)).Any(address => left.Contains(address) && right.Contains(address));
            return left.Overlaps(right) == shared && right.Overlaps(left) == shared;
        });

    [Test]
    public void Places_and_addresses_are_each_others_inverse() =>
        Gen.Select(Any, Gen.Long[0, long.MaxValue]).Sample((block, index) => index >= block.Count || block.IndexOf(block[index]) == index, iter: 20_000);

    [Test]
    public void A_place_outside_the_block_is_refused()
    {
        Cidr block = Cidr.Parse("10.0.0.0/30");

        block[3].Should().Be(IpAddress.Parse("10.0.0.3"));
        FluentActions.Invoking(() => block[4]).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => block[-1]).Should().Throw<ArgumentOutOfRangeException>();
        block.IndexOf(IpAddress.Parse("10.0.0.4")).Should().Be(-1);
        block.IndexOf(IpAddress.Parse("::")).Should().Be(-1);
    }

    [TestCase("0.0.0.0", -1)]
    [TestCase("0.0.0.0", 33)]
    [TestCase("::", 129)]
    public void A_prefix_longer_than_the_address_is_refused(string address, int length)
    {
        FluentActions.Invoking(() => Cidr.Around(IpAddress.Parse(address), length)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Cidr(IpAddress.Parse(address), length)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void Blocks_sort_by_address_and_then_by_length() =>
        new[] { "fd00::/8", "10.0.0.0/16", "10.0.0.0/8", "9.0.0.0/8" }.Select(Cidr.Parse).Order().Select(block => block.ToString())
            .Should().Equal("9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "fd00::/8");

    [Test]
    public void The_families_do_not_mix()
    {
        Cidr.Parse("::/0").Contains(IpAddress.Parse("10.0.0.1")).Should().BeFalse();
        Cidr.Parse("0.0.0.0/0").Contains(IpAddress.Parse("::1")).Should().BeFalse();
        Cidr.Parse("0.0.0.0/0").Overlaps(Cidr.Parse("::/0")).Should().BeFalse();
    }

    private static bool HoldsNeighbour(Cidr block)
    {
        UInt128 most = block.First.IsIPv4 ? uint.MaxValue : UInt128.MaxValue;
        return (block.First.Value > 0 && block.Contains(IpAddress.FromValue(block.First.Value - 1, block.First.IsIPv4)))
            || (block.Last.Value < most && block.Contains(IpAddress.FromValue(block.Last.Value + 1, block.First.IsIPv4)));
    }
}
