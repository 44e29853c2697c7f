using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace KubeSim.Addressing;

/// <summary>The strict spelling of addresses, both ways.</summary>
internal static class IpAddressText
{
    /// <summary>Eight groups of four digits and seven colons.</summary>
    internal const int Longest = 39;

    private const int Parts = 4;

    internal static bool TryRead(ReadOnlySpan<char> text, out IpAddress address, [NotNullWhen(false)] out string? wrong)
    {
        wrong = null;
        if (text.Contains(':') ? TryReadIPv6(text, out address, ref wrong) : TryReadIPv4(text, out address, ref wrong))
        {
            return true;
        }

        wrong ??= $"'{Short(text)}' is not an IP address, such as 10.9.8.7 or 2001:db8::ffff.";
        return false;
    }

    internal static bool TryWrite(IpAddress address, Span<char> destination, out int written) =>
        address.IsIPv4
            ? destination.TryWrite(CultureInfo.InvariantCulture, $"{(byte)(address.Value >> 24)}.{(byte)((address.Value >> 16) & 0xFF)}.{(byte)((address.Value >> 8) & 0xFF)}.{(byte)(address.Value & 0xFF)}", out written)
            : address.ToIPAddress().TryFormat(destination, out written);

    /// <summary>Hostile text may be very long; a message quotes its start.</summary>
    internal static string Short(ReadOnlySpan<char> text) => text.Length <= 64 ? text.ToString() : string.Concat(text[..61], "...");

    private static bool TryReadIPv4(ReadOnlySpan<char> text, out IpAddress address, ref string? wrong)
    {
        address = default;
        uint value = 0;
        ReadOnlySpan<char> rest = text;
        for (int part = 0; part < Parts; part++)
        {
            int dot = rest.IndexOf('.');
            bool isLast = part == Parts - 1;
            if (isLast != dot < 0)
            {
                return false;
            }

            ReadOnlySpan<char> digits = isLast ? rest : rest[..dot];
            if (digits.Length is 0 or > 3 || digits.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            if (digits.Length > 1 && digits[0] == '0')
            {
                wrong = $"'{Short(text)}' is not an IP address: the number '{digits}' has a leading zero.";
                return false;
            }

            uint number = uint.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
            if (number > byte.MaxValue)
            {
                wrong = $"'{Short(text)}' is not an IP address: {number} is more than 255.";
                return false;
            }

            value = (value << 8) | number;
            rest = isLast ? default : rest[(dot + 1)..];
        }

        address = IpAddress.FromIPv4(value);
        return true;
    }

    /// <summary>The class library's IPv6 reading is right but generous: it takes zones, brackets, a prefix length and a port.</summary>
    private static bool TryReadIPv6(ReadOnlySpan<char> text, out IpAddress address, ref string? wrong)
    {
        address = default;
        if (text.Length > 45 || text.ContainsAny("%[]/") || !IPAddress.TryParse(text, out IPAddress? parsed) || !HasPlainDottedEnd(text))
        {
            return false;
        }

        if (parsed.IsIPv4MappedToIPv6)
        {
            wrong = $"'{text}' is not an IP address: an IPv4-mapped IPv6 address is not accepted.";
            return false;
        }

        address = IpAddress.FromIPAddress(parsed);
        return true;
    }

    private static bool HasPlainDottedEnd(ReadOnlySpan<char> text)
    {
        string? ignored = null;
        return !text.Contains('.') || TryReadIPv4(text[(text.LastIndexOf(':') + 1)..], out _, ref ignored);
    }
}
