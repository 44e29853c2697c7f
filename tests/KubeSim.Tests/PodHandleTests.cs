using KubeSim.Api;
using KubeSim.Tracing;

namespace KubeSim.Tests;

public sealed class PodHandleTests
{
    [Test]
    public void A_pod_that_is_made_unready_gets_no_traffic_until_it_is_ready_again()
    {
        using var cluster = Cluster.Create();
        PodHandle web = cluster.RunPod("web", port: 80);
        PodHandle client = cluster.RunPod("client");
        cluster.Expose("pod/web");

        web.Ready = false;
        web.Ready.Should().BeFalse();
        client.Trace("web:80").Reason!.Code.Should().Be(ReasonCode.NoEndpoints);

        web.Ready = true;
        client.Trace("web:80").Outcome.Should().Be(ConnectionOutcome.Established);
    }

    [Test]
    public void Readiness_that_does_not_change_writes_nothing()
    {
        using var cluster = Cluster.Create();
        PodHandle web = cluster.RunPod("web");
        Pod before = web.Object;

        web.Ready = true;

        web.Object.Should().BeSameAs(before);
    }

    [Test]
    public void A_pod_without_a_node_says_that_it_cannot_send()
    {
        using var cluster = Cluster.Create(nodes: 0);
        PodHandle web = cluster.RunPod("web");

        web.Node.Should().BeNull();
        web.Ready.Should().BeFalse();
        FluentActions.Invoking(() => web.Address).Should().Throw<InvalidOperationException>().WithMessage("The Pod default/web cannot send: it has no address yet, its phase is Pending.");
        FluentActions.Invoking(() => web.Connect("web:80")).Should().Throw<InvalidOperationException>();
    }

    [Test]
    public void A_pod_that_has_gone_says_so()
    {
        using var cluster = Cluster.Create();
        PodHandle web = cluster.RunPod("web");
        web.BeginTermination(TimeSpan.Zero);

        FluentActions.Invoking(() => web.Connect("web:80")).Should().Throw<InvalidOperationException>().WithMessage("The Pod default/web is gone.");
        FluentActions.Invoking(() => web.Ready = true).Should().Throw<ApiException>().Which.Status.Reason.Should().Be("NotFound");
        FluentActions.Invoking(() => web.Node).Should().Throw<ApiException>().WithMessage("pods \"web\" not found");
    }
}
