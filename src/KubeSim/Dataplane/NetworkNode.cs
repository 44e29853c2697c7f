using System.Runtime.CompilerServices;
using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>A machine of the cluster in the network: what kube-proxy installed on it, and what it remembers of flows.</summary>
internal sealed class NetworkNode
{
    private readonly Network _network;
    private readonly Dictionary<ServicePortName, ServicePortState> _states = [];
    private readonly FrontendMatches _matches = new();
    private string? _zone;
    private ProxySettings _proxySettings = ProxySettings.Default;

    internal NetworkNode(Network network, int number, string name, EquatableArray<IpAddress> addresses, EquatableArray<Cidr> podCidrs, string? zone, DeterministicRandom random)
    {
        _network = network;
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
            _matches.Clear();
        }
    }

    /// <summary>False while the machine is down: nothing that goes to or through it is answered.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Whether the bridge gives a Pod's packets back to that Pod: the half of the hairpin that is the CNI plugin's.</summary>
    public bool HasHairpinMode { get; set; } = true;

    /// <summary>How its kube-proxy is configured.</summary>
    public ProxySettings ProxySettings
    {
        get => _proxySettings;
        set
        {
            _proxySettings = value;
            _matches.Clear();
        }
    }

    /// <summary>How endpoints are picked here.</summary>
    public LoadBalancerPolicy Policy => ProxySettings.Policy ?? _network.Policy;

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
            if (_states.Remove(name))
            {
                _matches.Clear();
            }
        }
    }

    /// <summary>Forgets what only memory held: rules, flows, affinity. What a machine is like when it starts again.</summary>
    public void Reboot()
    {
        Table = null;
        _states.Clear();
        _matches.Clear();
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

    /// <summary>Whether a Pod that reaches itself through a Service is masqueraded: the nftables mode since 1.36, and IPVS, look only at the node's own endpoints.</summary>
    internal bool MasqueradesHairpin(in Backend endpoint) =>
        ProxySettings.Mode == ProxyMode.IPTables || (ProxySettings.Mode == ProxyMode.Nftables && ProxySettings.Release.NftablesMasqueradesEveryHairpin) || string.Equals(endpoint.NodeName, Name, StringComparison.Ordinal);

    /// <summary>The service port that answers on a destination here; a null reference where none does.</summary>
    internal ref readonly FrontendMatch Match(TransportProtocol protocol, IpPort destination)
    {
        if (Table is not { } table || !table.MayHold(destination.Address) && !HasAddress(destination.Address) && !destination.Address.IsLoopback)
        {
            return ref Unsafe.NullRef<FrontendMatch>();
        }

        ulong hash = FlowHash.Of(destination, protocol);
        ref FrontendMatch match = ref _matches.Find(table, destination, protocol, hash);
        if (Unsafe.IsNullRef(ref match) && FindFrontend(table, protocol, destination, hash) is { } frontend)
        {
            match = ref _matches.Take(table, destination, protocol, hash);
            match.Frontend = frontend;
            match.Rule = frontend.Rule;
            match.State = StateOf(match.Rule.Name);
            match.Cluster = match.Rule.Cluster.For(this);
            match.IsPlain = frontend.Kind == FrontendKind.ClusterIP && match.Rule.HasAny && !match.Rule.InternalLocal && !match.Cluster.IsEmpty;
        }

        return ref match;
    }

    private TableFrontend? FindFrontend(ServiceTable table, TransportProtocol protocol, IpPort destination, ulong hash) =>
        table.Find(protocol, destination, hash)
        ?? (ServiceDecision.AnswersNodePorts(this, destination.Address) ? table.FindNodePort(protocol, destination.Port, destination.Address.IsIPv6) : null);

    /// <summary>What it remembers of a service port; made when first needed.</summary>
    private ServicePortState StateOf(ServicePortName name)
    {
        if (!_states.TryGetValue(name, out ServicePortState? state))
        {
            state = _network.NewState(this, name);
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
