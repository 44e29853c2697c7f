using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.Dataplane;

/// <summary>
/// Names one port of one Service in one address family: what kube-proxy keeps rules for. Make it once for each port and keep
/// it: it carries its hash.
/// </summary>
internal sealed class ServicePortName : IEquatable<ServicePortName>, IComparable<ServicePortName>
{
    public ServicePortName(NamespacedName service, string portName, TransportProtocol protocol, bool isIPv6 = false)
    {
        Service = service;
        PortName = portName;
        Protocol = protocol;
        IsIPv6 = isIPv6;
        StableHash hash = default;
        hash.Add(service.Namespace);
        hash.Add(service.Name);
        hash.Add(portName);
        hash.Add((ulong)protocol | (isIPv6 ? 0x100UL : 0));
        Hash = hash.ToUInt64();
    }

    public NamespacedName Service { get; }

    /// <summary>The port's name; empty where the Service has a single, unnamed port.</summary>
    public string PortName { get; }

    public TransportProtocol Protocol { get; }

    public bool IsIPv6 { get; }

    /// <summary>The same in every process.</summary>
    public ulong Hash { get; }

    public bool Equals(ServicePortName? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Hash == other.Hash && Protocol == other.Protocol && IsIPv6 == other.IsIPv6
            && Service == other.Service && PortName == other.PortName);

    public override bool Equals(object? obj) => Equals(obj as ServicePortName);

    public override int GetHashCode() => (int)(Hash & int.MaxValue);

    /// <summary>By namespace, name, port name, protocol, family.</summary>
    public int CompareTo(ServicePortName? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = Service.CompareTo(other.Service);
        order = order != 0 ? order : string.CompareOrdinal(PortName, other.PortName);
        order = order != 0 ? order : Protocol.CompareTo(other.Protocol);
        return order != 0 ? order : IsIPv6.CompareTo(other.IsIPv6);
    }

    /// <summary>As kube-proxy writes it: <c>default/web:http</c>, without the colon where the port has no name.</summary>
    public override string ToString() => PortName.Length == 0 ? Service.ToString() : $"{Service}:{PortName}";

    public static bool operator <(ServicePortName left, ServicePortName right) => left.CompareTo(right) < 0;

    public static bool operator >(ServicePortName left, ServicePortName right) => left.CompareTo(right) > 0;

    public static bool operator <=(ServicePortName left, ServicePortName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ServicePortName left, ServicePortName right) => left.CompareTo(right) >= 0;

    public static bool operator ==(ServicePortName? left, ServicePortName? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(ServicePortName? left, ServicePortName? right) => !(left == right);
}
