using KubeSim.Api;
using KubeSim.Simulation;
using KubeSim.Tests.Tidy;

namespace KubeSim.Tests.Determinism;

/// <summary>Whole runs of a cluster, each a function of its seed; what they return says what happened.</summary>
internal static class Scenarios
{
    private static readonly NodeOptions[] ThreeNodes =
        [new("node-a") { Zone = "east" }, new("node-b") { Zone = "west" }, new("node-c") { Zone = "west" }];

    public static readonly SortedDictionary<string, Func<ulong, string>> All = new(StringComparer.Ordinal)
    {
        ["a real application under traffic"] = seed => Boutique(seed, PropagationDelays.None),
        ["a real application with delays"] = seed => Boutique(seed, PropagationDelays.Typical),
        ["random changes"] = seed => RandomChanges(seed, PropagationDelays.None),
        ["random changes with delays"] = seed => RandomChanges(seed, PropagationDelays.Typical),
    };

    private static string Boutique(ulong seed, PropagationDelays delays)
    {
        using var cluster = Cluster.Create(new ClusterOptions { Seed = seed, Nodes = [.. ThreeNodes], Delays = delays });
        cluster.ApplyFile(Repository.PathOf("samples", "HelloService", "online-boutique.yaml"));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        PodHandle frontend = cluster.Pods("app=frontend")[0];
        string shares = frontend.ConnectMany("cartservice:7070", 50).ToCsvRow();
        cluster.Scale("deployment/cartservice", 5);
        cluster.Delete($"pod/{cluster.Pods("app=checkoutservice")[0].Name}");
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        shares += frontend.ConnectMany("cartservice:7070", 100, keepOpen: true).ToCsvRow();
        return $"{cluster.Fingerprint()} {shares} {cluster.Get("pods", output: "wide")} {cluster.Get("services")}";
    }

    /// <summary>Creates, scales, deletes, flips and dials as a generator of its own says.</summary>
    private static string RandomChanges(ulong seed, PropagationDelays delays)
    {
        var random = new DeterministicRandom(seed).Fork("scenario");
        using var cluster = Cluster.Create(new ClusterOptions { Seed = seed, Nodes = [.. ThreeNodes], Delays = delays });
        PodHandle client = cluster.RunPod("client", node: "node-b");
        cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        string seen = "";
        for (int i = 0; i < 40; i++)
        {
            string app = $"app-{random.NextInt32(4)}";
            switch (random.NextInt32(6))
            {
                case 0:
                    cluster.Apply(Manifest(app, 1 + random.NextInt32(4), random.NextBoolean() ? "NodePort" : "LoadBalancer"));
                    break;
                case 1 when cluster.Api.Find<Deployment>($"default/{app}") is not null:
                    cluster.Scale($"deployment/{app}", random.NextInt32(6));
                    break;
                case 2 when cluster.Pods($"app={app}") is [.., var last]:
                    cluster.Delete($"pod/{last.Name}");
                    break;
                case 3 when cluster.Pods($"app={app}") is [var first, ..]:
                    first.Ready = random.NextBoolean();
                    break;
                case 4:
                    cluster.Clock.Advance(TimeSpan.FromMilliseconds(random.NextInt32(5_000)));
                    break;
                default:
                    seen += client.ConnectMany($"{app}:80", 5).ToCsvRow() + client.Trace($"{app}:80") + "\n";
                    break;
            }
        }

        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        return $"{cluster.Fingerprint()} {seen}{cluster.Get("pods")} {cluster.Get("endpointslices")}";
    }

    private static string Manifest(string app, int replicas, string type) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: {{app}} }
        spec:
          replicas: {{replicas}}
          selector: { matchLabels: { app: {{app}} } }
          template:
            metadata: { labels: { app: {{app}} } }
            spec: { containers: [ { name: web, image: web, ports: [ { containerPort: 8080 } ] } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: {{app}} }
        spec: { type: {{type}}, selector: { app: {{app}} }, ports: [ { port: 80, targetPort: 8080 } ] }
        """;
}
