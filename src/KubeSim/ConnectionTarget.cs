using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using KubeSim.Addressing;

namespace KubeSim;

/// <summary>
/// What somebody dials, in the form people type: <c>web:80</c>, <c>web.shop:80</c>, <c>10.96.0.10:80</c>, <c>[fd00::10]:80</c>, <c>udp://dns.kube-system:53</c>.
/// </summary>
/// <param name="Host">The name or address, without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Protocol">TCP unless the text says otherwise.</param>
internal readonly record struct ConnectionTarget(string Host, ushort Port, TransportProtocol Protocol)
{
    private const int LongestHost = 255;

    /// <summary>The address, where the host is one.</summary>
    internal IpAddress? Address => IpAddress.TryParse(Host, out IpAddress address) ? address : default(IpAddress?);

    /// <exception cref="ArgumentOutOfRangeException">The port is 0, or the protocol is none that is known.</exception>
    internal static ConnectionTarget Of(IpPort destination, TransportProtocol protocol)
    {
        ArgumentOutOfRangeException.ThrowIfZero(destination.Port, nameof(destination));
        return protocol is TransportProtocol.Tcp or TransportProtocol.Udp or TransportProtocol.Sctp
            ? new(destination.Address.ToString(), destination.Port, protocol)
            : throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "The protocol is Tcp, Udp or Sctp.");
    }

    /// <exception cref="ArgumentException">The text is no such target.</exception>
    internal static ConnectionTarget Parse([NotNull] string? target)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(target);
        string rest = target;
        TransportProtocol protocol = TransportProtocol.Tcp;
        int scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            protocol = target[..scheme] switch
            {
                "tcp" => TransportProtocol.Tcp,
                "udp" => TransportProtocol.Udp,
                "sctp" => TransportProtocol.Sctp,
                _ => throw Wrong(target, $"the protocol is tcp, udp or sctp, not '{Short(target[..scheme])}'"),
            };
            rest = target[(scheme + 3)..];
        }

        int colon = rest.LastIndexOf(':');
        if (colon < 0)
        {
            throw Wrong(target, "it has no port");
        }

        string host = rest[..colon];
        string digits = rest[(colon + 1)..];
        if (digits.Length is 0 or > 5 || !ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
        {
            throw Wrong(target, $"'{Short(digits)}' is not a port from 1 to 65535");
        }

        if (host is ['[', .., ']'])
        {
            host = host[1..^1];
            return IpAddress.TryParse(host, out IpAddress address) && address.IsIPv6
                ? new(host, port, protocol) : throw Wrong(target, "between the brackets stands no IPv6 address");
        }

        return host.Length is 0 or > LongestHost || host.AsSpan().ContainsAny(" \t\r\n/:[]\0")
            ? throw Wrong(target, host.Contains(':', StringComparison.Ordinal) ? "an IPv6 address stands between brackets" : $"'{Short(host)}' is neither a name nor an address")
            : new(host, port, protocol);
    }

    private static string Short(string text) => text.Length <= 64 ? text : text[..61] + "...";

    private static ArgumentException Wrong(string target, string problem) =>
        new($"'{Short(target)}' is not a target such as 'web:80', '10.96.0.10:80' or 'udp://dns.kube-system:53': {problem}.", nameof(target));
}
