using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Dataplane;

/// <summary>A Pod's place in the network, until disposed of.</summary>
internal sealed class PodAttachment : IDisposable
{
    private readonly Network _network;

    internal PodAttachment(Network network, NetworkNode node, string podName, EquatableArray<IpAddress> addresses, bool hostNetwork, EquatableArray<ListeningPort> ports, bool acceptsAnyPort)
    {
        _network = network;
        Node = node;
        PodName = podName;
        IsHostNetwork = hostNetwork;
        Addresses = hostNetwork ? node.Addresses : addresses;
        Ports = ports;
        AcceptsAnyPort = acceptsAnyPort;
        Sender = new Sender(podName, Addresses, node.Conntrack, hostNetwork ? node.EphemeralPorts : new EphemeralPorts(), node, this, null);
    }

    public NetworkNode Node { get; }

    /// <summary>Namespace and name, such as <c>default/web-0</c>.</summary>
    public string PodName { get; }

    /// <summary>The name without the namespace.</summary>
    public string ShortName => field ??= PodName[(PodName.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The Pod's own addresses; its node's where it is on the host network.</summary>
    public EquatableArray<IpAddress> Addresses { get; }

    public bool IsHostNetwork { get; }

    public EquatableArray<ListeningPort> Ports { get; }

    /// <summary>A Pod that declares no ports may listen on any.</summary>
    public bool AcceptsAnyPort { get; }

    public bool IsAttached { get; private set; } = true;

    public Sender Sender { get; }

    /// <summary>Whether it answers on a port.</summary>
    public bool ListensOn(TransportProtocol protocol, ushort port)
    {
        foreach (ListeningPort listening in Ports)
        {
            if (listening.Port == port && listening.Protocol == protocol)
            {
                return true;
            }
        }

        return AcceptsAnyPort;
    }

    /// <summary>Takes the Pod off the network; its connections go on until somebody sends on them. Twice is the same as once.</summary>
    public void Dispose()
    {
        if (IsAttached)
        {
            IsAttached = false;
            _network.Detach(this);
        }
    }
}
