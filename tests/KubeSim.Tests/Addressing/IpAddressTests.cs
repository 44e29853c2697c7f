using System.Net;
using System.Net.Sockets;
using CsCheck;
using KubeSim.Addressing;

namespace KubeSim.Tests.Addressing;

public sealed class IpAddressTests
{
    private static readonly Gen<IpAddress> Any = Gen.Frequency(
        (1, Gen.UInt.Select(value => IpAddress.FromValue(value, true))),
        (1, Gen.Select(Gen.ULong, Gen.ULong, (high, low) => IpAddress.FromValue(new UInt128(high, low), false)).Where(address => !address.ToIPAddress().IsIPv4MappedToIPv6)),
        (1, Gen.UShort.Array[8].Select(groups => IpAddress.FromValue(groups.Aggregate(UInt128.Zero, (value, group) => (value << 16) | (ushort)(group % 3 == 0 ? group : 0)), false))
            .Where(address => !address.ToIPAddress().IsIPv4MappedToIPv6)));

    [TestCase("10.96.0.1", "10.96.0.1")]
    [TestCase("0.0.0.0", "0.0.0.0")]
    [TestCase("255.255.255.255", "255.255.255.255")]
    [TestCase("::", "::")]
    [TestCase("::1", "::1")]
    [TestCase("FD00:0:0:0::1", "fd00::1")]
    [TestCase("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [TestCase("64:ff9b::10.0.0.1", "64:ff9b::a00:1")]
    public void An_address_is_read_and_printed_in_its_canonical_form(string text, string canonical) => IpAddress.Parse(text).ToString().Should().Be(canonical);

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("1")]
    [TestCase("10.1")]
    [TestCase("10.0.1")]
    [TestCase("10.0.0.1.2")]
    [TestCase("10.0.0.")]
    [TestCase(".10.0.0.1")]
    [TestCase("10..0.1")]
    [TestCase("010.0.0.1")]
    [TestCase("10.00.0.1")]
    [TestCase("10.0.0.01")]
    [TestCase("256.0.0.1")]
    [TestCase("10.0.0.999")]
    [TestCase("0x0a000001")]
    [TestCase("0xa.0.0.1")]
    [TestCase("10.0.0.-1")]
    [TestCase("10.0.0.+1")]
    [TestCase("10.0.0.1 ")]
    [TestCase(" 10.0.0.1")]
    [TestCase("10.0.0.1\n")]
    [TestCase("10.0.0.1/24")]
    [TestCase("10.0.0.1:80")]
    [TestCase("10.0.0.١")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("::ffff:a00:1")]
    [TestCase("::10.0.0.01")]
    [TestCase("::256.0.0.1")]
    [TestCase("fe80::1%eth0")]
    [TestCase("[::1]")]
    [TestCase("[::1]:80")]
    [TestCase("::1/64")]
    [TestCase(":::")]
    [TestCase("1::2::3")]
    [TestCase("1:2:3:4:5:6:7")]
    [TestCase("1:2:3:4:5:6:7:8:9")]
    [TestCase("12345::")]
    [TestCase("g::")]
    [TestCase("localhost")]
    public void Every_other_spelling_is_refused_and_named(string text)
    {
        IpAddress.TryParse(text, out IpAddress address).Should().BeFalse();
        address.Should().Be(default(IpAddress));
        FluentActions.Invoking(() => IpAddress.Parse(text)).Should().Throw<FormatException>().WithMessage($"*'{text}'*");
    }

    [TestCase("010.0.0.1", "*leading zero*")]
    [TestCase("10.0.0.256", "*256 is more than 255*")]
    [TestCase("::ffff:10.0.0.1", "*IPv4-mapped*")]
    public void The_message_says_what_is_wrong(string text, string message) =>
        FluentActions.Invoking(() => IpAddress.Parse(text)).Should().Throw<FormatException>().WithMessage(message);

    [Test]
    public void What_is_printed_reads_as_the_same_address() => Any.Sample(address => IpAddress.Parse(address.ToString()) == address, iter: 20_000);

    [Test]
    public void The_class_library_prints_every_address_in_the_same_way() =>
        Any.Sample(address => address.ToIPAddress().ToString() == address.ToString() && IpAddress.FromIPAddress(address.ToIPAddress()) == address, iter: 20_000);

    [Test]
    public void Addresses_sort_by_family_and_then_by_number() =>
        Gen.Select(Any, Any).Sample((left, right) =>
            Math.Sign(left.CompareTo(right)) == (left.IsIPv4 == right.IsIPv4 ? left.Value.CompareTo(right.Value) : left.IsIPv4 ? -1 : 1)
            && (left == right) == (left.CompareTo(right) == 0) && (left < right) == (right > left) && (left <= right) != (left > right), iter: 20_000);

    [Test]
    public void The_default_value_is_the_unspecified_address()
    {
        IpAddress address = default;

        (address.ToString(), address.IsIPv4, address.IsUnspecified, address.BitLength).Should().Be(("0.0.0.0", true, true, 32));
        address.Should().Be(IpAddress.Any);
        IpAddress.Parse("::").Should().NotBe(address);
        IpAddress.Parse("::").IsUnspecified.Should().BeTrue();
        IpAddress.Parse("::").Family.Should().Be(AddressFamily.InterNetworkV6);
    }

    [TestCase("127.0.0.1", true)]
    [TestCase("127.255.255.255", true)]
    [TestCase("128.0.0.1", false)]
    [TestCase("::1", true)]
    [TestCase("::2", false)]
    [TestCase("0.0.0.1", false)]
    public void Loopback_addresses_are_known(string text, bool isLoopback) => IpAddress.Parse(text).IsLoopback.Should().Be(isLoopback);

    [Test]
    public void A_mapped_address_or_one_with_a_zone_is_not_taken_over()
    {
        FluentActions.Invoking(() => IpAddress.FromIPAddress(IPAddress.Parse("::ffff:10.0.0.1"))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => IpAddress.FromIPAddress(IPAddress.Parse("fe80::1%3"))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => IpAddress.FromIPAddress(null!)).Should().Throw<ArgumentNullException>();
    }

    [Test]
    public void An_address_that_does_not_fit_is_not_half_written()
    {
        Span<char> narrow = stackalloc char[8];

        IpAddress.Parse("10.96.0.1").TryFormat(narrow, out int written, default, null).Should().BeFalse();
        written.Should().Be(0);
    }
}
