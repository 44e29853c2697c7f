using BenchmarkDotNet.Attributes;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;

namespace KubeSim.Benchmarks;

/// <summary>Finding a rule, and one endpoint of 10,000 flipping on 100 nodes.</summary>
[MemoryDiagnoser]
public class RouteLookupBenchmarks
{
    private const int Slices = 100;
    private const int Nodes = 100;

    private readonly DeterministicRandom _random = new(1);
    private readonly IpPort[] _targets = new IpPort[1_024];
    private readonly ServiceTables _tables = new();
    private readonly ServiceTable[] _nodes = new ServiceTable[Nodes];
    private ServiceTable _table = ServiceTable.Empty;
    private ServiceRule _big = null!;
    private int _next;

    [Params(10, 1_000, 10_000)]
    public int Services { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (uint service = 0; service < Services; service++)
        {
            _big = new ServiceRule
            {
                Name = new ServicePortName(new NamespacedName("default", $"svc-{service}"), "http", TransportProtocol.Tcp),
                ClusterIP = IpAddress.FromIPv4(0x0A600000u + service),
                Port = 80,
                NodePort = (ushort)(service < 2_768 ? 30_000 + service : 0),
                HasAny = true,
            };
            _table = _table.With(_big);
        }

        BackendSet set = BackendSet.Empty;
        for (uint slice = 0; slice < Slices; slice++)
        {
            set = set.WithChunk((int)slice, [.. Enumerable.Range(0, 100).Select(i => new Backend(new IpPort(IpAddress.FromIPv4(0x0A100000u + (slice * 100) + (uint)i), (ushort)8080)))]);
        }

        _big = _big with { Cluster = BackendSelection.Of(set) };
        _table = _table.With(_big);
        _nodes.AsSpan().Fill(_table);
        for (int i = 0; i < _targets.Length; i++)
        {
            _targets[i] = new IpPort(IpAddress.FromIPv4(0x0A600000u + (uint)_random.NextInt32(Services)), (ushort)80);
        }
    }

    [Benchmark(Baseline = true)]
    public int OneDraw() => _random.NextInt32(10);

    [Benchmark]
    public object? Lookup()
    {
        _next = (_next + 1) % _targets.Length;
        return _table.Find(TransportProtocol.Tcp, _targets[_next]);
    }

    /// <summary>Per node: the first one pays for the new rule and table, the others compare references.</summary>
    [Benchmark(OperationsPerInvoke = Nodes)]
    public int OneOfTenThousandEndpointsFlips()
    {
        _next = (_next + 1) % Slices;
        BackendSet set = _big.Cluster.Everybody;
        _big = _big with { Cluster = _big.Cluster.WithEverybody(set.WithChunk(_next, set.Chunk(_next).SetItem(0, set.Chunk(_next)[0]))) };
        for (int node = 0; node < Nodes; node++)
        {
            _nodes[node] = _tables.Apply(_nodes[node], [_big]);
        }

        return _nodes[0].Count;
    }
}
