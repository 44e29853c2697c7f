using BenchmarkDotNet.Attributes;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Controllers.EndpointsObjects;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Simulation;

namespace KubeSim.Benchmarks;

/// <summary>
/// One Pod's readiness flips: from the Pod's status at the API server through the EndpointSlice controller and every
/// kube-proxy to the nodes' tables. Cost must follow the change, not the size of the Service.
/// </summary>
[MemoryDiagnoser]
public class EndpointFlipBenchmarks
{
    private EventQueue _queue = null!;
    private KubeApiServer _server = null!;
    private readonly Pod[] _states = new Pod[2];
    private int _next;

    /// <summary>How many endpoints the Service has.</summary>
    [Params(100, 10_000)]
    public int Endpoints { get; set; }

    /// <summary>How many nodes have a kube-proxy.</summary>
    [Params(0, 100)]
    public int Nodes { get; set; }

    /// <summary>Makes the cluster.</summary>
    [GlobalSetup]
    public void MakeCluster()
    {
        _queue = new EventQueue();
        var clock = new VirtualClock(_queue, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var log = new RunLog(_queue);
        _server = new KubeApiServer(_queue, clock, new DeterministicRandom(1), log, new ApiServerOptions());
        var selected = new SelectedPods(_server);
        _ = new EndpointSliceController(_server, selected, _queue, log);
        _ = new EndpointsController(_server, selected, _queue, log);
        selected.Start();
        var network = new Network(_queue, log, new DeterministicRandom(2));
        var feed = new ServiceFeed(_server, _queue, new KubeProxyOptions());
        _server.Create(new Node { Metadata = new() { Name = "node-0" } });
        for (int i = 0; i < Nodes; i++)
        {
            NetworkNode node = network.AddNode($"node-{i}", [IpAddress.Parse($"172.18.{i / 250}.{(i % 250) + 1}")], [], null);
            _ = new KubeProxy(feed, node, _queue, log);
        }

        _server.Create(new Service
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new() { ClusterIP = "10.96.0.10", ClusterIPs = ["10.96.0.10"], IPFamilies = ["IPv4"], Selector = LabelSet.Of("app", "web"), Ports = [new() { Name = "http", Port = 80 }] },
        });
        for (int i = 0; i < Endpoints; i++)
        {
            var pod = new Pod
            {
                Metadata = new() { Name = $"web-{i}", Namespace = "default", Labels = LabelSet.Of("app", "web") },
                Spec = new() { NodeName = "node-0", Containers = [new() { Name = "web", Image = "web:1" }] },
            };
            _states[0] = _server.ReplaceStatus(_server.Create(pod) with { Status = Status(i, true) });
        }

        _queue.RunDue();
        _states[1] = _states[0] with { Status = Status(Endpoints - 1, false) };
        for (int i = 0; i < 2; i++)
        {
            _states[i] = _states[i] with { Metadata = _states[i].Metadata with { ResourceVersion = null } };
        }
    }

    /// <summary>One flip, until nothing is left to do at this instant.</summary>
    [Benchmark]
    public int Flip()
    {
        _next ^= 1;
        _server.ReplaceStatus(_states[_next]);
        return _queue.RunDue();
    }

    private static PodStatus Status(int number, bool isReady) => new()
    {
        Phase = PodPhase.Running,
        PodIP = $"10.244.{number / 250}.{(number % 250) + 1}",
        PodIPs = [new() { IP = $"10.244.{number / 250}.{(number % 250) + 1}" }],
        Conditions = [new() { Type = "Ready", Status = isReady ? ConditionStatus.True : ConditionStatus.False }],
    };
}
