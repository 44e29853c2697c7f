using System.Buffers.Binary;
using System.Globalization;
using KubeSim.Addressing;

namespace KubeSim.Dns;

/// <summary>The names under which addresses are looked up: <c>10.0.96.10.in-addr.arpa</c>, and one hexadecimal digit a label under <c>ip6.arpa</c>.</summary>
internal static class ReverseName
{
    public const string IPv4Zone = "in-addr.arpa";
    public const string IPv6Zone = "ip6.arpa";

    private const int Digits = 32;

    public static bool IsReverse(ReadOnlySpan<char> name) => DnsName.IsIn(name, IPv4Zone) || DnsName.IsIn(name, IPv6Zone);

    /// <summary>The address that a name stands for; false where it is not complete.</summary>
    public static bool TryRead(ReadOnlySpan<char> name, out IpAddress address)
    {
        address = default;
        return DnsName.IsIn(name, IPv4Zone) ? TryReadIPv4(Front(name, IPv4Zone), out address)
            : DnsName.IsIn(name, IPv6Zone) && TryReadIPv6(Front(name, IPv6Zone), out address);
    }

    public static string Of(IpAddress address)
    {
        if (address.IsIPv4)
        {
            string[] parts = DnsWords.Of(address).Split('.');
            return $"{parts[3]}.{parts[2]}.{parts[1]}.{parts[0]}.{IPv4Zone}";
        }

        string digits = address.Value.ToString("x32", CultureInfo.InvariantCulture);
        Span<char> name = stackalloc char[Digits * 2];
        for (int i = 0; i < Digits; i++)
        {
            name[i * 2] = digits[Digits - 1 - i];
            name[(i * 2) + 1] = '.';
        }

        return string.Concat(name, IPv6Zone);
    }

    private static ReadOnlySpan<char> Front(ReadOnlySpan<char> name, string zone) => name.Length == zone.Length ? default : name[..^(zone.Length + 1)];

    private static bool TryReadIPv4(ReadOnlySpan<char> labels, out IpAddress address)
    {
        if (!IpAddress.TryParse(labels, out address) || address.IsIPv6)
        {
            return false;
        }

        address = IpAddress.FromIPv4(BinaryPrimitives.ReverseEndianness((uint)address.Value));
        return true;
    }

    private static bool TryReadIPv6(ReadOnlySpan<char> labels, out IpAddress address)
    {
        address = default;
        if (labels.Length != (Digits * 2) - 1)
        {
            return false;
        }

        UInt128 value = 0;
        for (int i = labels.Length - 1; i >= 0; i -= 2)
        {
            int digit = "0123456789abcdef".IndexOf(char.ToLowerInvariant(labels[i]), StringComparison.Ordinal);
            if (digit < 0 || (i > 0 && labels[i - 1] != '.'))
            {
                return false;
            }

            value = (value << 4) | (uint)digit;
        }

        address = IpAddress.FromValue(value, isIPv4: false);
        return true;
    }
}
