using KubeSim.Api;

namespace KubeSim.Benchmarks;

/// <summary>The smallest thing that somebody wants from a cluster: a Service, three Pods, and an answer.</summary>
internal static class FirstConnection
{
    /// <summary>Makes the cluster, connects once, and tells which Pod answered.</summary>
    public static string Make()
    {
        using Cluster cluster = Cluster.Create(nodes: 2);
        PodHandle client = cluster.RunPod("client");
        for (int i = 0; i < 3; i++) cluster.RunPod($"web-{i}", port: 8080, labels: "app=web");
        cluster.Api.Create(new Service
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new() { Selector = LabelSet.Of("app", "web"), Ports = [new() { Port = 80, TargetPort = 8080 }] },
        });
        cluster.RunUntilIdle();
        return client.Connect("web:80").EnsureEstablished().ServedBy!;
    }
}
