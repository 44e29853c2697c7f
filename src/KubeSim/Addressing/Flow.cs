using System.Globalization;

namespace KubeSim.Addressing;

/// <summary>The five values that name a flow of packets.</summary>
/// <param name="Source">Where its packets come from.</param>
/// <param name="Destination">Where its packets go.</param>
/// <param name="Protocol">What carries it.</param>
public readonly record struct Flow(IpPort Source, IpPort Destination, TransportProtocol Protocol)
{
    /// <summary>The flow of the answers: source and destination exchanged.</summary>
    public Flow Reversed => new(Destination, Source, Protocol);

    /// <summary>For example <c>10.244.1.5:40001 → 10.96.0.10:80/TCP</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Source} → {Destination}/{Protocol.ToString().ToUpperInvariant()}");
}
