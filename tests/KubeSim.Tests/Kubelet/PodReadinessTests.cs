using KubeSim.Api;
using KubeSim.Kubelet;

namespace KubeSim.Tests.Kubelet;

public sealed class PodReadinessTests
{
    private static readonly NamespacedName Web = new("default", "web");

    [Test]
    public void A_pod_that_is_made_not_ready_says_so_as_after_a_failed_probe()
    {
        var node = new TestNode();
        node.Kubelet();
        node.Run("web");
        node.Advance(10);

        PodReadiness.Write(node.Api, Web, false, node.Clock.GetUtcNow());
        node.Queue.RunDue();

        Pod pod = node.Pod("web")!;
        PodReadiness.IsReady(pod).Should().BeFalse();
        pod.Status.ContainerStatuses.Should().OnlyContain(status => status.Ready == false);
        foreach (string type in new[] { "Ready", "ContainersReady" })
        {
            pod.Status.Conditions.Single(condition => condition.Type == type).Should().Match<Condition>(c =>
                c.Status == "False" && c.Reason == "ContainersNotReady" && c.Message == "containers with unready status: [app]" && c.LastTransitionTime == node.Clock.GetUtcNow());
        }

        pod.Status.Conditions.Single(condition => condition.Type == "Initialized").LastTransitionTime.Should().Be(node.Clock.Start);
    }

    [Test]
    public void The_kubelet_does_not_write_readiness_back()
    {
        var node = new TestNode();
        node.Kubelet();
        node.Run("web");
        PodReadiness.Write(node.Api, Web, false, node.Clock.GetUtcNow());

        Pod pod = node.Pod("web")!;
        node.Api.Replace(pod with { Metadata = pod.Metadata with { Labels = LabelSet.Of("app", "web") } });
        node.Advance(60);

        PodReadiness.IsReady(node.Pod("web")!).Should().BeFalse();
    }

    [Test]
    public void Making_a_ready_pod_ready_writes_nothing_and_there_and_back_takes_two_writes()
    {
        var node = new TestNode();
        node.Kubelet();
        Pod before = node.Run("web");

        PodReadiness.Write(node.Api, Web, true, node.Clock.GetUtcNow());
        node.Pod("web").Should().BeSameAs(before);
        PodReadiness.Write(node.Api, Web, false, node.Clock.GetUtcNow());
        PodReadiness.Write(node.Api, Web, true, node.Clock.GetUtcNow());
        PodReadiness.IsReady(node.Pod("web")!).Should().BeTrue();
    }

    [Test]
    public void With_a_readiness_gate_a_pod_becomes_ready_when_the_gates_condition_is_true()
    {
        var node = new TestNode();
        node.Kubelet();
        Pod pod = node.Run("web", pod => pod with { Spec = pod.Spec with { ReadinessGates = [new() { ConditionType = "example.com/lb" }] } });
        pod.Status.Conditions.Single(condition => condition.Type == "Ready").Should().Match<Condition>(c => c.Status == "False" && c.Reason == "ReadinessGatesNotReady"
            && c.Message == "corresponding condition of pod readiness gate \"example.com/lb\" does not exist.");
        pod.Status.Conditions.Single(condition => condition.Type == "ContainersReady").Status.Should().Be("True");

        node.Api.ReplaceStatus(pod with { Status = pod.Status with { Conditions = pod.Status.Conditions.Add(new() { Type = "example.com/lb", Status = "True" }) } });
        node.Queue.RunDue();

        PodReadiness.IsReady(node.Pod("web")!).Should().BeTrue();
        node.Pod("web")!.Status.Conditions.Should().Contain(condition => condition.Type == "example.com/lb");
    }
}
