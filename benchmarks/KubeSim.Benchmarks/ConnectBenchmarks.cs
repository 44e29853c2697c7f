using BenchmarkDotNet.Attributes;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;

namespace KubeSim.Benchmarks;

/// <summary>What a connection costs, against one bounded draw of the generator, while others are open.</summary>
[MemoryDiagnoser]
public class ConnectBenchmarks
{
    private const int Endpoints = 10;

    private readonly DeterministicRandom _random = new(1);
    private readonly IpPort[] _targets = new IpPort[1_024];
    private Network _network = null!;
    private Sender _client = null!;
    private Flow _liveFlow;
    private ConnectionHandle _live;
    private int _next;

    [Params(10, 1_000, 10_000)]
    public int Services { get; set; }

    /// <summary>How many connections are open all the time.</summary>
    public int Live { get; set; } = 10_000;

    /// <summary>What the nodes' rules are made for.</summary>
    public ProxyMode Mode { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var queue = new EventQueue();
        _network = new Network(queue, new RunLog(queue), new DeterministicRandom(1));
        NetworkNode[] nodes = [.. Enumerable.Range(0, 100).Select(i => _network.AddNode($"node-{i}", [IpAddress.FromIPv4(0xC0A80000u + (uint)i)], [], null))];
        ServiceTable table = ServiceTable.Empty;
        for (uint service = 0; service < Services; service++)
        {
            var backends = new Backend[Endpoints];
            for (uint i = 0; i < Endpoints; i++)
            {
                NetworkNode node = nodes[(int)(((service * Endpoints) + i) % 100)];
                IpAddress address = IpAddress.FromIPv4(0x0A100000u + (service * Endpoints) + i);
                _network.Attach(node, $"default/pod-{service}-{i}", [address], false, [], true);
                backends[i] = new Backend(new IpPort(address, (ushort)8080), node.Name);
            }

            table = table.With(new ServiceRule
            {
                Name = new ServicePortName(new NamespacedName("default", $"svc-{service}"), "http", TransportProtocol.Tcp),
                ClusterIP = IpAddress.FromIPv4(0x0A600000u + service),
                Port = 80,
                Cluster = BackendSelection.Of(BackendSet.Of(backends)),
                HasAny = true,
                EndpointCount = Endpoints,
            });
        }

        foreach (NetworkNode node in nodes)
        {
            node.ProxySettings = new ProxySettings { Mode = Mode, ClusterCidrs = [Cidr.Parse("10.0.0.0/8")] };
            node.Install(table);
        }

        _client = _network.Attach(nodes[0], "default/client", [IpAddress.Parse("10.9.9.9")], false, EquatableArray<ListeningPort>.Empty, true).Sender;
        for (int i = 0; i < _targets.Length; i++)
        {
            _targets[i] = new IpPort(IpAddress.FromIPv4(0x0A600000u + (uint)_random.NextInt32(Services)), (ushort)80);
        }

        for (int i = 0; i < Live; i++)
        {
            Verdict verdict = _network.Open(_client, _targets[i % _targets.Length], TransportProtocol.Tcp);
            (_liveFlow, _live) = (verdict.Flow, verdict.Handle);
        }
    }

    [Benchmark(Baseline = true)]
    public int OneDraw() => _random.NextInt32(Endpoints);

    [Benchmark]
    public ushort NewConnection()
    {
        _next = (_next + 1) % _targets.Length;
        Verdict verdict = _network.Open(_client, _targets[_next], TransportProtocol.Tcp);
        _network.Close(verdict.Handle);
        return verdict.Endpoint.Port;
    }

    [Benchmark]
    public ushort PacketOnALiveConnection() => _network.Send(_client, _liveFlow, _live).Endpoint.Port;
}
