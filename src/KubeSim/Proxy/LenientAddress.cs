using System.Globalization;
using KubeSim.Addressing;

namespace KubeSim.Proxy;

/// <summary>Reads addresses as kube-proxy does: IPv4 numbers may have leading zeros, which older API servers let through.</summary>
/// <source>kubernetes v1.36, k8s.io/utils/net ParseIPSloppy as pkg/proxy uses it</source>
internal static class LenientAddress
{
    public static bool TryParse(string? text, out IpAddress address)
    {
        address = default;
        return text is not null && (IpAddress.TryParse(text, out address) || (HasLeadingZero(text) && IpAddress.TryParse(WithoutLeadingZeros(text), out address)));
    }

    /// <summary>A block; bits behind the prefix are cleared, blanks around it are ignored.</summary>
    public static bool TryParseCidr(string? text, out Cidr block)
    {
        block = default;
        string trimmed = text?.Trim() ?? "";
        int slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !TryParse(trimmed[..slash], out IpAddress address)
            || !byte.TryParse(trimmed.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out byte length)
            || length > address.BitLength)
        {
            return false;
        }

        block = Cidr.Around(address, length);
        return true;
    }

    private static bool HasLeadingZero(string text) =>
        !text.Contains(':', StringComparison.Ordinal) && (text.StartsWith('0') || text.Contains(".0", StringComparison.Ordinal));

    private static string WithoutLeadingZeros(string text) =>
        string.Join('.', text.Split('.').Select(part => part.TrimStart('0') is { Length: > 0 } rest ? rest : part.Length > 0 ? "0" : ""));
}
