using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KubeSim.Addressing;

/// <summary>An address with a port. Sorts by address, then by port. The default value is 0.0.0.0:0.</summary>
/// <param name="Address">The IPv4 or IPv6 address.</param>
/// <param name="Port">0 to 65535; 0 where no port is meant.</param>
public readonly record struct IpPort(IpAddress Address, ushort Port) : IComparable<IpPort>, ISpanFormattable
{
    /// <summary>An address with a port given as a plain number.</summary>
    /// <param name="address">The IPv4 or IPv6 address.</param>
    /// <param name="port">0 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port number.</exception>
    public IpPort(IpAddress address, int port)
        : this(address, InRange(port))
    {
    }

    /// <summary>Reads <c>10.0.0.1:80</c> or <c>[fd00::1]:80</c>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is no address with a port.</exception>
    public static IpPort Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out IpPort value)
            ? value
            : throw new FormatException($"'{IpAddressText.Short(text)}' is not an address with a port, such as 10.9.8.7:80 or [2001:db8::1]:80.");
    }

    /// <summary>Reads an address with a port; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IpPort value)
    {
        value = default;
        int colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0)
        {
            return false;
        }

        ReadOnlySpan<char> host = text.AsSpan(0, colon);
        ReadOnlySpan<char> port = text.AsSpan(colon + 1);
        bool isBracketed = host is ['[', .., ']'];
        if (isBracketed)
        {
            host = host[1..^1];
        }

        if (!IpAddress.TryParse(host, out IpAddress address) || address.IsIPv6 != isBracketed || port.Length is 0 or > 5
            || (port.Length > 1 && port[0] == '0')
            || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            return false;
        }

        value = new(address, number);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(IpPort other)
    {
        int address = Address.CompareTo(other.Address);
        return address != 0 ? address : Port.CompareTo(other.Port);
    }

    /// <summary><c>10.0.0.1:80</c>, or <c>[fd00::1]:80</c>.</summary>
    public override string ToString() => Address.IsIPv4
        ? string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}");

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Address.IsIPv4
            ? destination.TryWrite(CultureInfo.InvariantCulture, $"{Address}:{Port}", out charsWritten)
            : destination.TryWrite(CultureInfo.InvariantCulture, $"[{Address}]:{Port}", out charsWritten);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Whether the left one sorts before the right one.</summary>
    public static bool operator <(IpPort left, IpPort right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one sorts behind the right one.</summary>
    public static bool operator >(IpPort left, IpPort right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one does not sort behind the right one.</summary>
    public static bool operator <=(IpPort left, IpPort right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one does not sort before the right one.</summary>
    public static bool operator >=(IpPort left, IpPort right) => left.CompareTo(right) >= 0;

    private static ushort InRange(int port) => port is >= 0 and <= ushort.MaxValue
        ? (ushort)port
        : throw new ArgumentOutOfRangeException(nameof(port), port, "A port is a number from 0 to 65535.");
}
