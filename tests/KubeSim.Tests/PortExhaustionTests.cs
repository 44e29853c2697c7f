using KubeSim.Tracing;

namespace KubeSim.Tests;

/// <summary>A client has 28,232 source ports towards one destination.</summary>
public sealed class PortExhaustionTests
{
    private const int Ports = 28_232;

    [Test]
    public void Connections_that_stay_open_use_up_the_source_ports_towards_one_destination()
    {
        using Cluster cluster = Cluster.Create();
        PodHandle client = cluster.RunPod("client");
        cluster.RunPod("web", port: 80, labels: "app=web");
        cluster.Expose("pod/web");
        client.ConnectMany("web:80", Ports + 20_000, keepOpen: true).Established.Should().Be(Ports);
        client.Connect("web:80").Trace.Reason!.Code.Should().Be(ReasonCode.NoFreePort);
    }
}
