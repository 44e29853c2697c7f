using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Dataplane;

/// <summary>Where packets start: a Pod, a node, or a host outside. A Pod on the host network shares its node's conntrack and addresses.</summary>
internal sealed class Sender
{
    internal Sender(string name, EquatableArray<IpAddress> addresses, Conntrack conntrack, EphemeralPorts ports, NetworkNode? node, PodAttachment? pod, NetworkHost? host)
    {
        Name = name;
        Addresses = addresses;
        Conntrack = conntrack;
        EphemeralPorts = ports;
        Node = node;
        Pod = pod;
        Host = host;
    }

    public string Name { get; }

    public EquatableArray<IpAddress> Addresses { get; }

    /// <summary>The node it is or runs on; null for a host outside.</summary>
    public NetworkNode? Node { get; }

    /// <summary>The Pod it is, or null.</summary>
    public PodAttachment? Pod { get; }

    /// <summary>The host outside that it is, or null.</summary>
    public NetworkHost? Host { get; }

    /// <summary>Where the machine's connections are kept.</summary>
    internal Conntrack Conntrack { get; }

    internal EphemeralPorts EphemeralPorts { get; }

    /// <summary>Its first address of the family of another; null where it has none.</summary>
    public IpAddress? AddressTowards(IpAddress destination)
    {
        foreach (IpAddress address in Addresses)
        {
            if (address.IsIPv4 == destination.IsIPv4)
            {
                return address;
            }
        }

        return null;
    }
}
