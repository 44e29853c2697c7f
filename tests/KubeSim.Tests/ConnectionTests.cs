using KubeSim.Tracing;

namespace KubeSim.Tests;

/// <summary>What becomes of a connection after it has been opened.</summary>
public sealed class ConnectionTests
{
    [Test]
    public void A_packet_on_an_open_connection_goes_where_the_first_one_went()
    {
        using Cluster cluster = Make();
        Connection connection = cluster.Pod("client").Connect("web:80");
        for (int i = 0; i < 10; i++)
        {
            Trace trace = connection.Send();
            trace.Outcome.Should().Be(ConnectionOutcome.Established);
            trace.Find<Step.Deliver>()!.Address.Should().Be(connection.Endpoint!.Value);
        }
    }

    [Test]
    public void A_connection_to_a_pod_that_is_gone_does_not_move_to_another()
    {
        using Cluster cluster = Make();
        Connection connection = cluster.Pod("client").Connect("web:80");
        cluster.Delete("pod/" + connection.ServedBy, gracePeriodSeconds: 0);
        connection.Send().Reason!.Code.Should().Be(ReasonCode.EndpointGone);
        cluster.Pod("client").Connect("web:80").IsEstablished.Should().BeTrue();
    }

    [Test]
    public void Only_an_open_connection_can_be_sent_on()
    {
        using Cluster cluster = Make();
        Connection connection = cluster.Pod("client").Connect("web:80");
        connection.Dispose();
        connection.Invoking(closed => closed.Send()).Should().Throw<InvalidOperationException>();
        cluster.Pod("client").Connect("web:81").Invoking(refused => refused.Send()).Should().Throw<InvalidOperationException>();
        cluster.Pod("client").Connect("nobody:80").Invoking(unresolved => unresolved.Send()).Should().Throw<InvalidOperationException>();
    }

    private static Cluster Make()
    {
        Cluster cluster = Cluster.Create(nodes: 2);
        cluster.RunPod("client");
        cluster.RunPod("web-1", port: 80, labels: "app=web");
        cluster.RunPod("web-2", port: 80, labels: "app=web");
        cluster.Expose("pod/web-1", name: "web");
        return cluster;
    }
}
