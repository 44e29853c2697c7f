using KubeSim.Api;
using KubeSim.Tracing;
using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>Rollouts behind a load balancer that has to notice.</summary>
[TestFixture]
public sealed class P04RollingUpdateTests
{
    private static readonly string Local = Web("type: LoadBalancer, externalTrafficPolicy: Local");

    [Test]
    public void A_rolling_update_behind_a_load_balancer_fails_requests_until_the_health_checks_notice()
    {
        Downtime(preStopSeconds: 0).Should().BeInRange(8, 12, "the load balancer goes on sending for ten seconds to a node without an endpoint");
        Downtime(preStopSeconds: 15).Should().Be(0, "the terminating Pod still serves until the load balancer has looked");
    }

    /// <summary>For how many seconds some clients get no answer after the Pod on the first node is deleted.</summary>
    private static int Downtime(int preStopSeconds)
    {
        var delays = new PropagationDelays { ServerToLoadBalancer = TimeSpan.FromSeconds(10) };
        using Cluster cluster = With(Local, new ClusterOptions { Delays = delays });
        foreach (string node in (string[])["node-1", "node-2"])
        {
            cluster.Apply($$"""
                apiVersion: v1
                kind: Pod
                metadata: { name: web-{{node}}, labels: { app: web } }
                spec:
                  nodeName: {{node}}
                  terminationGracePeriodSeconds: 60
                  containers:
                  - name: web
                    image: web
                    ports: [{ containerPort: 8080 }]
                    lifecycle: { preStop: { sleep: { seconds: {{preStopSeconds}} } } }
                """);
        }

        cluster.Clock.Advance(TimeSpan.FromSeconds(30));
        cluster.Api.Delete<Pod>("web-node-1");
        int failing = 0;
        for (int second = 0; second < 40; second++)
        {
            bool fails = false;
            for (int i = 0; i < 20; i++)
            {
                using Connection request = cluster.External($"203.0.113.{10 + i}").Connect(cluster.Vip());
                fails |= request.Outcome != ConnectionOutcome.Established;
            }

            failing += fails ? 1 : 0;
            cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return failing;
    }
}
