using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace KubeSim.Addressing;

/// <summary>
/// An IPv4 or IPv6 address, spelled as Kubernetes accepts it today: four decimal numbers without leading zeros, or IPv6 without a
/// zone and not IPv4-mapped. IPv4 sorts before IPv6, then by number. The default value is 0.0.0.0.
/// </summary>
/// <source>kubernetes v1.36, strict IP and CIDR validation (KEP-4858)</source>
public readonly struct IpAddress : IEquatable<IpAddress>, IComparable<IpAddress>, ISpanFormattable
{
    // 128 bits, IPv4 as its IPv4-mapped form, with the mapping's 0xffff flipped so that all zeros is 0.0.0.0.
    private const ulong Mapped = 0x0000_FFFF_0000_0000;
    private readonly ulong _high;
    private readonly ulong _low;

    private IpAddress(ulong high, ulong low)
    {
        _high = high;
        _low = low;
    }

    /// <summary>0.0.0.0, in listings: every IPv4 address.</summary>
    public static IpAddress Any => default;

    /// <summary>Whether this is an IPv4 address.</summary>
    public bool IsIPv4 => _high == 0 && _low <= uint.MaxValue;

    /// <summary>Whether this is an IPv6 address.</summary>
    public bool IsIPv6 => !IsIPv4;

    /// <summary>Whether this is 0.0.0.0 or ::.</summary>
    public bool IsUnspecified => _high == 0 && (_low is 0 or Mapped);

    /// <summary>Whether this is in 127.0.0.0/8, or ::1.</summary>
    public bool IsLoopback => _high == 0 && (IsIPv4 ? _low >> 24 == 127 : _low == (Mapped ^ 1));

    /// <summary>The length of an address of this family.</summary>
    /// <value>32 or 128 bits.</value>
    public int BitLength => IsIPv4 ? 32 : 128;

    /// <summary>The address as a number: 32 bits of IPv4, or 128 bits of IPv6.</summary>
    internal UInt128 Value => IsIPv4 ? _low : new UInt128(_high, _low ^ Mapped);

    /// <summary>Makes an IPv4 address of its 32 bits.</summary>
    internal static IpAddress FromIPv4(uint value) => new(0, value);

    /// <summary>Makes an address of its number in a family.</summary>
    internal static IpAddress FromValue(UInt128 value, bool isIPv4) =>
        isIPv4 ? new(0, checked((uint)value)) : new((ulong)(value >> 64), (ulong)(value & ulong.MaxValue) ^ Mapped);

    /// <summary>Reads an address.</summary>
    /// <param name="text">For example <c>10.96.0.1</c> or <c>fd00::1</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is no address, or not spelled strictly; the message says why.</exception>
    public static IpAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IpAddressText.TryRead(text, out IpAddress address, out string? wrong) ? address : throw new FormatException(wrong);
    }

    /// <summary>Reads an address; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IpAddress address) => TryParse(text.AsSpan(), out address);

    /// <summary>Reads an address; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address) => IpAddressText.TryRead(text, out address, out _);

    /// <summary>Takes an address of the class library over.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="address"/> is null.</exception>
    /// <exception cref="ArgumentException">It is an IPv4-mapped IPv6 address, or has a zone.</exception>
    public static IpAddress FromIPAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        if (length == 4)
        {
            return FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        if (address.IsIPv4MappedToIPv6 || address.ScopeId != 0)
        {
            throw new ArgumentException($"'{address}' is IPv4-mapped or has a zone; neither can be an address in a cluster.", nameof(address));
        }

        return new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) ^ Mapped);
    }

    /// <summary>The same address in the class library's type.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        if (IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)_low);
            return new IPAddress(bytes[..4]);
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low ^ Mapped);
        return new IPAddress(bytes);
    }

    /// <summary>The class library's name for the family.</summary>
    /// <value><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</value>
    public AddressFamily Family => IsIPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;

    /// <inheritdoc/>
    public int CompareTo(IpAddress other)
    {
        int family = IsIPv6.CompareTo(other.IsIPv6);
        return family != 0 ? family : Value.CompareTo(other.Value);
    }

    /// <inheritdoc/>
    public bool Equals(IpAddress other) => _high == other._high && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IpAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        ulong high = Math.BigMul(_low ^ 0x9E37_79B9_7F4A_7C15, _high ^ 0x243F_6A88_85A3_08D3, out ulong low);
        return (int)((high ^ low) & int.MaxValue);
    }

    /// <summary>The canonical text: dotted decimal, or RFC 5952.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[IpAddressText.Longest];
        return TryFormat(text, out int written, default, null) ? new string(text[..written]) : "";
    }

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        IpAddressText.TryWrite(this, destination, out charsWritten);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Takes an address of the class library over.</summary>
    public static implicit operator IpAddress(IPAddress address) => FromIPAddress(address);

    /// <summary>Whether both are the same address.</summary>
    public static bool operator ==(IpAddress left, IpAddress right) => left.Equals(right);

    /// <summary>Whether they are different addresses.</summary>
    public static bool operator !=(IpAddress left, IpAddress right) => !left.Equals(right);

    /// <summary>Whether the left one sorts before the right one.</summary>
    public static bool operator <(IpAddress left, IpAddress right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one sorts behind the right one.</summary>
    public static bool operator >(IpAddress left, IpAddress right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one does not sort behind the right one.</summary>
    public static bool operator <=(IpAddress left, IpAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one does not sort before the right one.</summary>
    public static bool operator >=(IpAddress left, IpAddress right) => left.CompareTo(right) >= 0;
}
