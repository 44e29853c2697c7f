using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim.Tests.Pains;

/// <summary>Small clusters in which something goes wrong.</summary>
internal static class PainCluster
{
    /// <summary>Two nodes, a client on the second, and the Service web with one Pod for each node named.</summary>
    public static Cluster With(string service, ClusterOptions? options = null, params string[] podsOn)
    {
        Cluster cluster = Cluster.Create((options ?? new ClusterOptions()) with { Nodes = options?.Nodes is { Length: > 1 } nodes ? nodes : [new("node-1"), new("node-2")] });
        cluster.RunPod("client", node: "node-2");
        for (int i = 0; i < podsOn.Length; i++)
        {
            cluster.RunPod($"web-{i}", node: podsOn[i], labels: "app=web");
        }

        cluster.Apply(service);
        return cluster;
    }

    public static ClusterOptions Mode(ProxyMode mode, string version = "1.36", KubeProxyConfiguration? proxy = null) => new() { ProxyMode = mode, KubernetesVersion = version, KubeProxy = proxy ?? new() };

    public static string Web(string spec, string ports = "[{ port: 80, targetPort: 8080 }]") =>
        $"{{ apiVersion: v1, kind: Service, metadata: {{ name: web }}, spec: {{ selector: {{ app: web }}, ports: {ports}{(spec.Length == 0 ? "" : ", " + spec)} }} }}";

    public static IpPort NodePort(this Cluster cluster, string node, ushort port = 30080) => new(cluster.Node(node).Address, port);

    /// <summary>The Service's load balancer.</summary>
    public static IpPort Vip(this Cluster cluster, ushort port = 80) => new(IpAddress.Parse(cluster.Api.Get<Service>("web").Status.LoadBalancer.Ingress[0].IP!), port);

    public static void Kill(this Cluster cluster, string pod) => cluster.Pod(pod).BeginTermination(TimeSpan.Zero);
}
