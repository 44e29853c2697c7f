using KubeSim.Addressing;
using KubeSim.Simulation;

namespace KubeSim.Dataplane;

/// <summary>Hashes that are the same in every process, and cheap for IPv4.</summary>
internal static class FlowHash
{
    public static ulong Of(IpPort address, TransportProtocol protocol)
    {
        StableHash hash = default;
        Add(ref hash, address, protocol);
        return hash.ToUInt64();
    }

    public static ulong Of(in Flow flow)
    {
        StableHash hash = default;
        Add(ref hash, flow.Source, flow.Protocol);
        Add(ref hash, flow.Destination, flow.Protocol);
        return hash.ToUInt64();
    }

    private static void Add(ref StableHash hash, IpPort address, TransportProtocol protocol)
    {
        UInt128 value = address.Address.Value;
        hash.Add((ulong)(value & ulong.MaxValue) ^ ((ulong)address.Port << 40) ^ ((ulong)protocol << 56));
        if (address.Address.IsIPv6)
        {
            hash.Add((ulong)(value >> 64));
        }
    }
}
