using KubeSim.Addressing;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;

namespace KubeSim.Tests.LoadBalancing.Ipvs;

/// <summary>One scheduler over real servers A, B, C …, with the connections that a node would count.</summary>
internal sealed class VirtualService
{
    private readonly Dictionary<IpPort, int> _weights = [];
    private readonly ActiveFlowCounts _flows = new();
    private readonly ILoadBalancer _balancer;
    private readonly TransportProtocol _protocol;
    private BackendSet _servers = BackendSet.Empty;

    public VirtualService(string scheduler, string servers = "ABC", int[]? weights = null, TransportProtocol protocol = TransportProtocol.Tcp)
    {
        _protocol = protocol;
        _balancer = LoadBalancerPolicy.Ipvs(scheduler, weights is null ? null : backend => _weights[backend.Address]).Create();
        SetServers(servers, weights);
    }

    public DeterministicRandom Random { get; set; } = new(1);

    public TimeSpan Now { get; set; }

    public static IpPort Address(char server) => new(IpAddress.FromIPv4(0x0AF40000u + (uint)(server - 'A' + 1)), (ushort)8080);

    /// <summary>Another list; the balancer hears of it, as before the next pick.</summary>
    public void Change(string servers, params int[]? weights)
    {
        SetServers(servers, weights);
        _balancer.OnEndpointsChanged(new EndpointsChange(_servers));
    }

    /// <summary>The letter of the server picked; '-' for none.</summary>
    public char Pick(string client = "10.244.1.1", string destination = "10.96.0.10") => Letter(_balancer.Pick(Context(client, destination)));

    public char Peek(string client = "10.244.1.1") => Letter(_balancer.Peek(Context(client, "10.96.0.10")));

    public string Picks(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => Pick()));

    public string PicksOf(params string[] clients) => string.Concat(clients.Select(client => Pick(client)));

    /// <summary>Picks, and keeps each connection open.</summary>
    public string Opens(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => Open(Pick())));

    public char Open(char server)
    {
        _flows.Opened(Address(server));
        return server;
    }

    public void Close(char server)
    {
        _flows.Closed(Address(server));
        _balancer.OnClosed(new FlowCompletion(Address(server), TimeSpan.Zero, Now));
    }

    private PickContext Context(string client, string destination) =>
        new(new Flow(new IpPort(IpAddress.Parse(client), (ushort)40_000), new IpPort(IpAddress.Parse(destination), (ushort)80), _protocol), _servers, Random, Now, _flows);

    private char Letter(int place) => place < 0 ? '-' : (char)('A' + (int)(_servers[place].Address.Address.Value - Address('A').Address.Value));

    private void SetServers(string servers, int[]? weights)
    {
        for (int i = 0; weights is { Length: > 0 } && i < servers.Length; i++) _weights[Address(servers[i])] = weights[i];
        _servers = BackendSet.Of([.. servers.Select(server => new Backend(Address(server)))]);
    }
}
