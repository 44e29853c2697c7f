using System.Globalization;
using KubeSim.Addressing;

namespace KubeSim.ApiServer.Validation;

/// <summary>How addresses and blocks may be spelled, which of them may be an endpoint, and what the server says of the others.</summary>
/// <source>kubernetes v1.36, apimachinery/pkg/util/validation/ip.go; pkg/apis/core/validation/validation.go, ValidateEndpointIP</source>
internal static class Addresses
{
    private const string NotAnAddress = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

    private static readonly Cidr LinkLocal = Cidr.Parse("169.254.0.0/16");
    private static readonly Cidr LinkLocalIPv6 = Cidr.Parse("fe80::/10");
    private static readonly Cidr LinkLocalMulticast = Cidr.Parse("224.0.0.0/24");
    private static readonly Cidr LinkLocalMulticastIPv6 = Cidr.Parse("ff02::/16");

    /// <summary>Reads an address; false, with a fault, where it is none.</summary>
    internal static bool Check(FieldErrors errors, string field, string? value, out IpAddress address)
    {
        if (IpAddress.TryParse(value, out address))
        {
            return true;
        }

        errors.Invalid(field, value ?? "", WhyNot(value ?? ""));
        return false;
    }

    /// <summary>The same for fields that are younger: the address has to be spelled in the one way in which it is printed.</summary>
    internal static bool CheckCanonical(FieldErrors errors, string field, string? value, out IpAddress address)
    {
        if (!Check(errors, field, value, out address))
        {
            return false;
        }

        string canonical = $"{address}";
        if (canonical != value)
        {
            errors.Invalid(field, value, $"must be in canonical form ({FieldErrors.Quote(canonical)})");
        }

        return canonical == value;
    }

    /// <summary>A block such as 10.9.8.0/24.</summary>
    internal static void CheckCidr(FieldErrors errors, string field, string value)
    {
        if (Cidr.TryParse(value, out _))
        {
            return;
        }

        int slash = value.IndexOf('/', StringComparison.Ordinal);
        string why = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
        if (slash > 0)
        {
            string address = value[..slash];
            string length = value[(slash + 1)..];
            string plainLength = length.TrimStart('0') is { Length: > 0 } rest ? rest : length.Length > 0 ? "0" : "";
            string plainAddress = WithoutLeadingZeros(address);
            if (IsBlock(plainAddress, plainLength))
            {
                why = plainAddress != address || plainLength != length
                    ? "must not have leading 0s in IP or prefix length"
                    : "must not have bits set beyond the prefix length";
            }
        }

        errors.Invalid(field, value, why);
    }

    /// <summary>Refuses addresses that no endpoint can have.</summary>
    internal static void CheckEndpoint(FieldErrors errors, string field, IpAddress address)
    {
        string? why = address.IsUnspecified ? $"may not be unspecified ({address})"
            : address.IsLoopback ? "may not be in the loopback range (127.0.0.0/8, ::1/128)"
            : LinkLocal.Contains(address) || LinkLocalIPv6.Contains(address) ? "may not be in the link-local range (169.254.0.0/16, fe80::/10)"
            : LinkLocalMulticast.Contains(address) || LinkLocalMulticastIPv6.Contains(address)
                ? "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)" : null;
        if (why is not null)
        {
            errors.Invalid(field, $"{address}", why);
        }
    }

    private static string WhyNot(string value) =>
        IpAddress.TryParse(WithoutLeadingZeros(value), out _) ? "must not have leading 0s"
            : value.StartsWith("::ffff:", StringComparison.OrdinalIgnoreCase) && IpAddress.TryParse(value.AsSpan(7), out IpAddress inner) && inner.IsIPv4
                ? "must not be an IPv4-mapped IPv6 address" : NotAnAddress;

    private static bool IsBlock(string address, string length) =>
        IpAddress.TryParse(address, out IpAddress parsed)
        && byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out byte bits) && bits <= parsed.BitLength;

    private static string WithoutLeadingZeros(string value) =>
        value.Contains(':', StringComparison.Ordinal) ? value
            : string.Join('.', value.Split('.').Select(part => part.Length > 1 && part.TrimStart('0') is var rest ? rest.Length == 0 ? "0" : rest : part));
}
