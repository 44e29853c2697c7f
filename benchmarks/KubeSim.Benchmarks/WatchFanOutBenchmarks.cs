using System.Reactive.Subjects;
using BenchmarkDotNet.Attributes;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Benchmarks;

/// <summary>Ten thousand changes and many watchers. Times and allocations are per change; the delivery alone, and with the write that caused it.</summary>
[MemoryDiagnoser]
public class WatchFanOutBenchmarks
{
    internal const int Changes = 10_000;

    private readonly Subject<ObjectChange<Pod>> _subject = new();
    private ObjectTable<Pod> _table = null!;
    private KubeApiServer _server = null!;
    private Pod _pod = null!;
    private long _seen;

    internal long SeenByTable { get; private set; }

    /// <summary>How many watch.</summary>
    [Params(1, 100)]
    public int Watchers { get; set; }

    /// <summary>Subscribes the watchers.</summary>
    [GlobalSetup]
    public void Subscribe()
    {
        var queue = new EventQueue();
        _server = new KubeApiServer(queue, new VirtualClock(queue, DateTimeOffset.UnixEpoch), new DeterministicRandom(1), new RunLog(queue), new ApiServerOptions());
        _pod = _server.Create(new Pod { Metadata = new() { Name = "web" }, Spec = new() { Containers = [new() { Name = "web", Image = "web:1" }] } });
        _table = new ObjectTable<Pod>(ResourceType.Pod);
        for (int i = 0; i < Watchers; i++)
        {
            _subject.Subscribe(_ => _seen++);
            _server.Subscribe<Pod>(_ => _seen++);
            _table.Changes.Subscribe([], _ => SeenByTable++, static () => { });
        }
    }

    /// <summary>System.Reactive's subject.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Changes)]
    public void RxSubject()
    {
        for (int i = 0; i < Changes; i++)
        {
            _subject.OnNext(new ObjectChange<Pod>(WatchEventType.Modified, _pod, _pod) { Version = 1 });
        }
    }

    /// <summary>Delivery to the server's subscribers.</summary>
    [Benchmark(OperationsPerInvoke = Changes)]
    public void Delivery()
    {
        for (int i = 0; i < Changes; i++)
        {
            _table.Changes.Publish(new ObjectChange<Pod>(WatchEventType.Modified, _pod, _pod) { Version = 1 });
        }
    }

    /// <summary>The whole of it: a write, its place in the window of changes, and its delivery.</summary>
    [Benchmark(OperationsPerInvoke = Changes)]
    public void WriteAndDelivery()
    {
        for (int i = 0; i < Changes; i++)
        {
            _pod = _server.ReplaceStatus(_pod with { Status = _pod.Status with { PodIP = (i & 1) == 0 ? "10.0.0.1" : "10.0.0.2" } });
        }
    }
}
