namespace KubeSim.Tests.Snippets;

/// <summary>What the README shows.</summary>
public static class ReadmeSnippets
{
    public static void SmallestProgram()
    {
        #region SmallestProgram
        using var cluster = Cluster.Create(nodes: 2);
        cluster.Apply("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              replicas: 3
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec: { containers: [ { name: web, image: nginx, ports: [ { containerPort: 8080 } ] } ] }
            """);
        cluster.Expose("deployment/web", port: 80, targetPort: 8080);
        PodHandle client = cluster.RunPod("client");

        Console.WriteLine(cluster.Get("service/web"));
        Console.WriteLine(client.Trace("web:80"));

        cluster.Scale("deployment/web", 0);
        Console.WriteLine(client.Trace("web:80"));
        #endregion
    }
}
