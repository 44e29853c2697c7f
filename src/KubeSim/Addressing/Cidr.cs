using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KubeSim.Addressing;

/// <summary>A block of addresses that share a prefix, such as <c>10.96.0.0/12</c>. No bit is set behind the prefix. Sorts by address, then by length.</summary>
/// <source>kubernetes v1.36, strict IP and CIDR validation (KEP-4858)</source>
public readonly record struct Cidr : IComparable<Cidr>, ISpanFormattable
{
    private Cidr(IpAddress first, byte prefixLength)
    {
        First = first;
        PrefixLength = prefixLength;
    }

    /// <summary>The block of an address and a prefix length.</summary>
    /// <param name="first">The first address of the block.</param>
    /// <param name="prefixLength">How many leading bits are fixed: 0 to 32 for IPv4, 0 to 128 for IPv6.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="prefixLength"/> is outside that range.</exception>
    /// <exception cref="ArgumentException"><paramref name="first"/> has bits set behind the prefix.</exception>
    public Cidr(IpAddress first, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, first.BitLength);
        First = first;
        PrefixLength = (byte)prefixLength;
        if ((first.Value & HostMask) != 0)
        {
            throw new ArgumentException($"{this} has bits set behind its prefix; the block would be {Around(first, prefixLength)}.", nameof(first));
        }
    }

    /// <summary>The first address: the network's own.</summary>
    public IpAddress First { get; }

    /// <summary>How many leading bits are fixed.</summary>
    /// <value>0 to 32 for IPv4, 0 to 128 for IPv6.</value>
    public byte PrefixLength { get; }

    /// <summary>The last address: in IPv4 the broadcast address.</summary>
    public IpAddress Last => IpAddress.FromValue(First.Value | HostMask, First.IsIPv4);

    /// <summary>How many addresses there are.</summary>
    /// <value>1 to <see cref="long.MaxValue"/>; a larger block shows that largest number.</value>
    public long Count => First.BitLength - PrefixLength >= 63 ? long.MaxValue : 1L << (First.BitLength - PrefixLength);

    private UInt128 HostMask => First.BitLength == PrefixLength ? 0 : UInt128.MaxValue >> (128 - First.BitLength + PrefixLength);

    /// <summary>The address at a place in the block; place 0 is <see cref="First"/>.</summary>
    /// <param name="index">0 up to but not including <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public IpAddress this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return IpAddress.FromValue(First.Value + (UInt128)index, First.IsIPv4);
        }
    }

    /// <summary>The block of that length in which the address lies.</summary>
    /// <param name="address">Any address.</param>
    /// <param name="prefixLength">0 to 32 for IPv4, 0 to 128 for IPv6.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="prefixLength"/> is outside that range.</exception>
    public static Cidr Around(IpAddress address, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, address.BitLength);
        var loose = new Cidr(address, (byte)prefixLength);
        return new(IpAddress.FromValue(address.Value & ~loose.HostMask, address.IsIPv4), (byte)prefixLength);
    }

    /// <summary>The place of an address in the block, or -1 where it lies outside or beyond <see cref="long.MaxValue"/>.</summary>
    public long IndexOf(IpAddress address) =>
        Contains(address) && address.Value - First.Value is var place && place <= long.MaxValue ? (long)place : -1;

    /// <summary>Whether the address lies in the block; never for the other family.</summary>
    public bool Contains(IpAddress address) => address.IsIPv4 == First.IsIPv4 && (address.Value & ~HostMask) == First.Value;

    /// <summary>Whether the blocks have an address in common.</summary>
    public bool Overlaps(Cidr other) => Contains(other.First) || other.Contains(First);

    /// <summary>Reads a block.</summary>
    /// <param name="text">For example <c>10.96.0.0/12</c> or <c>fd00::/108</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is no block, or has bits set behind the prefix; the message says why.</exception>
    public static Cidr Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryRead(text, out Cidr block, out string? wrong) ? block : throw new FormatException(wrong);
    }

    /// <summary>Reads a block; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Cidr block)
    {
        block = default;
        return text is not null && TryRead(text, out block, out _);
    }

    /// <inheritdoc/>
    public int CompareTo(Cidr other)
    {
        int first = First.CompareTo(other.First);
        return first != 0 ? first : PrefixLength.CompareTo(other.PrefixLength);
    }

    /// <summary>For example <c>10.96.0.0/12</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}/{PrefixLength}");

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(CultureInfo.InvariantCulture, $"{First}/{PrefixLength}", out charsWritten);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Whether the left one sorts before the right one.</summary>
    public static bool operator <(Cidr left, Cidr right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one sorts behind the right one.</summary>
    public static bool operator >(Cidr left, Cidr right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one does not sort behind the right one.</summary>
    public static bool operator <=(Cidr left, Cidr right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one does not sort before the right one.</summary>
    public static bool operator >=(Cidr left, Cidr right) => left.CompareTo(right) >= 0;

    private static bool TryRead(string text, out Cidr block, [NotNullWhen(false)] out string? wrong)
    {
        block = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        ReadOnlySpan<char> length = slash < 0 ? default : text.AsSpan(slash + 1);
        if (slash < 0 || !IpAddressText.TryRead(text.AsSpan(0, slash), out IpAddress address, out _) || length.Length is 0 or > 3
            || (length.Length > 1 && length[0] == '0')
            || !byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out byte prefixLength) || prefixLength > address.BitLength)
        {
            wrong = $"'{IpAddressText.Short(text)}' is not a CIDR, such as 10.9.8.0/24 or 2001:db8::/64.";
            return false;
        }

        block = Around(address, prefixLength);
        wrong = block.First == address ? null : $"'{text}' has bits set behind its prefix; the block would be {block}.";
        return wrong is null;
    }
}
