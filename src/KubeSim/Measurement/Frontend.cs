using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Tracing;

namespace KubeSim.Measurement;

/// <summary>An address that a Service answers on.</summary>
/// <param name="Kind">What kind of address it is.</param>
/// <param name="Address">The address and port that a client dials.</param>
/// <param name="Protocol">What carries it.</param>
public sealed record Frontend(FrontendKind Kind, IpPort Address, TransportProtocol Protocol = TransportProtocol.Tcp)
{
    /// <summary>For example <c>NodePort 192.168.0.1:30080/TCP</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Address}/{Protocol.ToString().ToUpperInvariant()}");
}
