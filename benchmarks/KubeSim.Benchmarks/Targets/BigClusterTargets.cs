using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;

namespace KubeSim.Benchmarks.Targets;

/// <summary>A cluster of the size that Kubernetes itself is tested with, built through the front door until nothing is left to do.</summary>
internal static class BigClusterTargets
{
    private const int Nodes = 1_000;
    private const int Services = 1_000;
    private const int PodsPerService = 100;
    private const double MostSeconds = 20;
    private const double MostMebibytes = 600;

    public static IEnumerable<TargetLine> Measure()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        double start = ThreadTime.Now();
        using Cluster cluster = Build();
        double seconds = (ThreadTime.Now() - start) / 1e9;
        double mebibytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (1024.0 * 1024);
        int ready = cluster.Api.List<Pod>().Count(pod => pod.Status.Conditions.Any(c => c is { Type: "Ready", Status: ConditionStatus.True }));
        bool isComplete = ready == Services * PodsPerService
            && cluster.RunPod("client").Connect("svc-7.default:80").IsEstablished;
        yield return new(
            "1,000 nodes, 1,000 Services, 100,000 Pods",
            string.Create(CultureInfo.InvariantCulture, $"{ready:N0} Pods ready in {seconds:F1} s, {mebibytes:F0} MiB"),
            "<= 20 s, <= 600 MiB",
            isComplete && seconds <= MostSeconds && mebibytes <= MostMebibytes);
    }

    private static Cluster Build()
    {
        Cluster cluster = Cluster.Create(new ClusterOptions
        {
            Nodes = [.. Enumerable.Range(0, Nodes).Select(i => new NodeOptions($"node-{i}"))],
            PodCidr = Cidr.Parse("10.0.0.0/8"),
            ServiceCidr = Cidr.Parse("172.16.0.0/16"),
        });
        for (int i = 0; i < Services; i++)
        {
            LabelSet labels = LabelSet.Of("app", $"app-{i}");
            cluster.Api.Create(new Service
            {
                Metadata = new() { Name = $"svc-{i}", Namespace = "default" },
                Spec = new() { Selector = labels, Ports = [new() { Port = 80, TargetPort = 8080 }] },
            });
            cluster.Api.Create(new Deployment
            {
                Metadata = new() { Name = $"app-{i}", Namespace = "default" },
                Spec = new()
                {
                    Replicas = PodsPerService,
                    Selector = new() { MatchLabels = labels },
                    Template = new() { Metadata = new() { Labels = labels }, Spec = new() { Containers = [new() { Name = "web", Image = "web:1", Ports = [new() { Port = 8080 }] }] } },
                },
            });
        }

        cluster.RunUntilIdle();
        return cluster;
    }
}
