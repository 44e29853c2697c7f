using BenchmarkDotNet.Attributes;

namespace KubeSim.Benchmarks;

/// <summary>From nothing to a cluster that works, in a process that has done it before.</summary>
[MemoryDiagnoser]
public class ClusterStartBenchmarks
{
    /// <summary>A cluster without anything but its nodes.</summary>
    [Params(1, 10)]
    public int Nodes { get; set; }

    /// <summary>Until every component has nothing left to do.</summary>
    [Benchmark(Baseline = true)]
    public int EmptyCluster()
    {
        using Cluster cluster = Cluster.Create(Nodes);
        return cluster.RunUntilIdle();
    }

    /// <summary>Until the first connection to a Service of three Pods is answered.</summary>
    [Benchmark]
    public string FirstAnsweredConnection() => FirstConnection.Make();
}
