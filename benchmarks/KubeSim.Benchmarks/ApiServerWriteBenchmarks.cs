using BenchmarkDotNet.Attributes;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Benchmarks;

/// <summary>Writing Pods with three labels while somebody watches. Times and allocations are per Pod.</summary>
[MemoryDiagnoser]
public class ApiServerWriteBenchmarks
{
    internal const int Pods = 100_000;

    private Pod[] _pods = null!;
    private Pod[] _stored = null!;
    private KubeApiServer _filled = null!;
    private long _seen;

    /// <summary>Makes the Pods, and a server that has them.</summary>
    [GlobalSetup]
    public void MakePods()
    {
        _pods = new Pod[Pods];
        for (int i = 0; i < Pods; i++)
        {
            _pods[i] = new Pod
            {
                Metadata = new() { Name = $"web-{i * 7919L % Pods:d6}", Labels = [new("app", "web"), new("tier", "front"), new("version", "1")] },
                Spec = new() { NodeName = $"node-{i % 100}", Containers = [new() { Name = "web", Image = "web:1" }] },
            };
        }

        _filled = NewServer();
        _stored = [.. _pods.Select(_filled.Create)];
    }

    /// <summary>What no store can do without: one entry in a dictionary.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Pods)]
    public int DictionaryInsert()
    {
        var pods = new Dictionary<NamespacedName, Pod>();
        foreach (Pod pod in _pods)
        {
            pods.Add(pod.Name, pod);
        }

        return pods.Count;
    }

    /// <summary>Creating them in an empty server.</summary>
    [Benchmark(OperationsPerInvoke = Pods)]
    public long Create()
    {
        KubeApiServer server = NewServer();
        foreach (Pod pod in _pods)
        {
            server.Create(pod);
        }

        return server.Version;
    }

    /// <summary>Changing the status of each.</summary>
    [Benchmark(OperationsPerInvoke = Pods)]
    public void ReplaceStatus()
    {
        for (int i = 0; i < Pods; i++)
        {
            Pod pod = _stored[i];
            _stored[i] = _filled.ReplaceStatus(pod with { Status = pod.Status with { PodIP = pod.Status.PodIP == "10.0.0.1" ? "10.0.0.2" : "10.0.0.1" } });
        }
    }

    /// <summary>Listing those of one node, each time after a change.</summary>
    [Benchmark]
    public int ListPodsOfNode()
    {
        Pod pod = _stored[0];
        _stored[0] = _filled.ReplaceStatus(pod with { Status = pod.Status with { PodIP = pod.Status.PodIP == "10.0.0.1" ? "10.0.0.2" : "10.0.0.1" } });
        return _filled.PodsOnNode("node-1").Length;
    }

    /// <summary>A new server, ready.</summary>
    [Benchmark]
    public long NewCluster() => NewServer().Version;

    private KubeApiServer NewServer()
    {
        var queue = new EventQueue();
        var server = new KubeApiServer(queue, new VirtualClock(queue, DateTimeOffset.UnixEpoch), new DeterministicRandom(1), new RunLog(queue), new ApiServerOptions());
        server.Subscribe<Pod>(_ => _seen++);
        return server;
    }
}
