using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>An address, port and protocol that a table knows. A node port stands under the unspecified address of its family.</summary>
internal readonly record struct FrontendKey(IpPort Address, TransportProtocol Protocol)
{
    private static readonly IpAddress AnyIPv6 = IpAddress.FromValue(0, isIPv4: false);

    public ulong Hash => FlowHash.Of(Address, Protocol);

    public static FrontendKey OfNodePort(ushort port, TransportProtocol protocol, bool isIPv6) =>
        new(new IpPort(isIPv6 ? AnyIPv6 : IpAddress.Any, port), protocol);
}
