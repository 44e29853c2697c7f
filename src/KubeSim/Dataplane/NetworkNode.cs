using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Simulation;

namespace KubeSim.Dataplane;

/// <summary>A machine of the cluster in the network: what kube-proxy installed on it, and what it remembers of flows.</summary>
internal sealed class NetworkNode
{
    private readonly Dictionary<ServicePortName, ServicePortState> _states = [];
    private string? _zone;

    internal NetworkNode(int number, string name, EquatableArray<IpAddress> addresses, EquatableArray<Cidr> podCidrs, string? zone, DeterministicRandom random)
    {
        Number = number;
        Name = name;
        NameHash = StableHash.Of(name);
        Addresses = addresses;
        PodCidrs = podCidrs;
        Zone = zone;
        Random = random;
        Conntrack = new Conntrack(name, this);
        Sender = new Sender(name, addresses, Conntrack, EphemeralPorts, this, null, null);
    }

    public string Name { get; }

    /// <summary>Its own addresses; the first of each family is the primary one.</summary>
    public EquatableArray<IpAddress> Addresses { get; }

    /// <summary>Spec.podCIDRs; may be given after the node joined.</summary>
    public EquatableArray<Cidr> PodCidrs { get; set; }

    /// <summary>The label topology.kubernetes.io/zone.</summary>
    public string? Zone
    {
        get => _zone;
        set
        {
            _zone = value;
            ZoneHash = value is null ? 0 : StableHash.Of(value);
        }
    }

    /// <summary>False while the machine is down: nothing that goes to or through it is answered.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>How its kube-proxy is configured.</summary>
    public ProxySettings ProxySettings { get; set; } = ProxySettings.Default;

    /// <summary>What kube-proxy has installed; null before its first sync: the node then knows no Service.</summary>
    public ServiceTable? Table { get; private set; }

    public Sender Sender { get; }

    public Conntrack Conntrack { get; }

    /// <summary>In the order of joining, from 0; never used again.</summary>
    internal int Number { get; }

    internal ulong NameHash { get; }

    internal ulong ZoneHash { get; private set; }

    internal EphemeralPorts EphemeralPorts { get; } = new();

    internal DeterministicRandom Random { get; }

    /// <summary>The Pods on it, in order of attachment.</summary>
    internal List<PodAttachment> Pods { get; } = [];

    /// <summary>Replaces the whole table; connections that are open stay where they are.</summary>
    /// <param name="table">The new table.</param>
    /// <param name="removed">Service ports that are gone: what the node remembers of them, affinity above all, is forgotten.</param>
    public void Install(ServiceTable table, params ReadOnlySpan<ServicePortName> removed)
    {
        Table = table;
        foreach (ServicePortName name in removed)
        {
            _states.Remove(name);
        }
    }

    /// <summary>Forgets what only memory held: rules, flows, affinity. What a machine is like when it starts again.</summary>
    public void Reboot()
    {
        Table = null;
        _states.Clear();
        Conntrack.Clear();
    }

    public bool HasAddress(IpAddress address)
    {
        foreach (IpAddress own in Addresses)
        {
            if (own == address)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What it remembers of a service port; made when first needed.</summary>
    internal ServicePortState StateOf(ServicePortName name, Network network)
    {
        if (!_states.TryGetValue(name, out ServicePortState? state))
        {
            state = network.NewState(this, name);
            _states.Add(name, state);
        }

        return state;
    }

    /// <summary>The Pod on its host network that answers on a port: one that declares it before one that accepts any; null where none does.</summary>
    internal PodAttachment? ListenerOn(TransportProtocol protocol, ushort port)
    {
        PodAttachment? acceptsAny = null;
        foreach (PodAttachment pod in Pods)
        {
            if (!pod.IsHostNetwork || !pod.ListensOn(protocol, port))
            {
                continue;
            }

            if (!pod.AcceptsAnyPort)
            {
                return pod;
            }

            acceptsAny ??= pod;
        }

        return acceptsAny;
    }
}
