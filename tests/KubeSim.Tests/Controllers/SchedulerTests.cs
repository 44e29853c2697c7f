using KubeSim.Api;
using KubeSim.Tests.ApiServer;
using static KubeSim.Tests.Controllers.TestControlPlane;

namespace KubeSim.Tests.Controllers;

[TestFixture]
public sealed class SchedulerTests
{
    [Test]
    public void Binding_sets_the_node_and_the_condition_in_one_write()
    {
        using var plane = new TestControlPlane(nodes: 1);
        var seen = new List<string>();
        plane.Server.Api.Subscribe<Pod>(change => seen.Add($"{change.Object.Spec.NodeName} {change.Object.Status.Conditions.FirstOrDefault(condition => condition.Type == "PodScheduled")?.Status}"));

        plane.Api.Create(TestServer.Pod("p"));
        plane.Settle();

        seen.Take(2).Should().Equal(" ", "node-1 True");
    }

    [Test]
    public void A_pod_with_a_node_is_left_where_it_is()
    {
        using var plane = new TestControlPlane(nodes: 2);
        plane.Api.Create(TestServer.Pod("p", node: "node-9"));

        plane.Settle();

        plane.Pods.Single().Spec.NodeName.Should().Be("node-9");
    }

    [Test]
    public void Siblings_are_spread_first_and_all_pods_second()
    {
        using var plane = new TestControlPlane(nodes: 3);
        plane.Api.Create(TestServer.Pod("a", node: "node-1", labels: [new("app", "a")]));
        plane.Api.Create(TestServer.Pod("b", node: "node-1", labels: [new("app", "a")]));
        plane.Api.Create(TestServer.Pod("c", node: "node-3", labels: [new("app", "web")]));
        plane.Settle();

        plane.Api.Create(TestServer.Pod("web-1", labels: [new("app", "web")]));
        plane.Api.Create(TestServer.Pod("web-2", labels: [new("app", "web")]));
        plane.Settle();

        plane.Api.Get<Pod>("default/web-1").Spec.NodeName.Should().Be("node-2", "it has neither siblings nor others");
        plane.Api.Get<Pod>("default/web-2").Spec.NodeName.Should().Be("node-1", "it has others, but no siblings");
    }

    [Test]
    public void A_node_selector_and_taints_keep_pods_away_and_a_toleration_lets_them_in()
    {
        using var plane = new TestControlPlane(nodes: 0);
        plane.Api.Create(Node("gpu", new() { Taints = [new() { Key = "gpu", Value = "yes", Effect = "NoSchedule" }] }, new Label("disk", "ssd")));
        plane.Api.Create(Node("plain", NodeSpec.Empty));
        Pod pod = TestServer.Pod("p");
        plane.Api.Create(pod with { Spec = pod.Spec with { NodeSelector = LabelSet.Of("disk", "ssd") } });
        plane.Settle();

        Unscheduled("p").Should().Be(
            "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s). " + Preemption(2));
        pod = TestServer.Pod("q");
        plane.Api.Create(pod with { Spec = pod.Spec with { NodeSelector = LabelSet.Of("disk", "ssd"), Tolerations = [new() { Key = "gpu", Operator = "Exists" }] } });
        plane.Settle();
        plane.Api.Get<Pod>("default/q").Spec.NodeName.Should().Be("gpu");

        string? Unscheduled(string name) => Scheduled(plane.Api.Get<Pod>($"default/{name}"))!.Message;
    }

    [Test]
    public void Cordoned_and_unready_nodes_get_nothing_until_they_are_back()
    {
        using var plane = new TestControlPlane(nodes: 0);
        plane.Api.Create(Node("cordoned", new() { Unschedulable = true }));
        Node silent = plane.Api.Create(Node("silent", NodeSpec.Empty));
        plane.Api.ReplaceStatus(silent with { Status = new() { Conditions = [new() { Type = "Ready", Status = ConditionStatus.Unknown }] } });
        plane.Api.Create(TestServer.Pod("p"));
        plane.Settle();

        Condition condition = Scheduled(plane.Pods.Single())!;
        condition.Status.Should().Be(ConditionStatus.False);
        condition.Reason.Should().Be("Unschedulable");
        condition.Message.Should().Be("0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. " + Preemption(2));
        plane.Api.ReplaceStatus(plane.Api.Get<Node>("silent") with { Status = silent.Status });
        plane.Settle();
        plane.Pods.Single().Spec.NodeName.Should().Be("silent");
        Scheduled(plane.Pods.Single()).Should().Match<Condition>(now => now.Status == ConditionStatus.True && now.Message == null);
    }

    [Test]
    public void Taints_follow_what_a_node_says_of_itself()
    {
        using var plane = new TestControlPlane(nodes: 0);
        Node node = plane.Api.Create(Node("n", new() { Taints = [new() { Key = "mine", Effect = "NoSchedule" }] }) with { Status = NodeStatus.Empty });
        Taints().Should().Equal("mine", "node.kubernetes.io/not-ready");

        Become(ConditionStatus.True).Should().Equal("mine");
        Become(ConditionStatus.Unknown).Should().Equal("mine", "node.kubernetes.io/unreachable");
        Become(ConditionStatus.False).Should().Equal("mine", "node.kubernetes.io/not-ready");
        node = plane.Api.Get<Node>("n");
        plane.Api.Replace(node with { Spec = node.Spec with { Unschedulable = true } });
        Become(ConditionStatus.True).Should().Equal("mine", "node.kubernetes.io/unschedulable");

        string[] Become(string status)
        {
            plane.Api.ReplaceStatus(plane.Api.Get<Node>("n") with { Status = new() { Conditions = [new() { Type = "Ready", Status = status }] } });
            plane.Settle();
            return Taints();
        }

        string[] Taints() => [.. plane.Api.Get<Node>("n").Spec.Taints.Select(taint => taint.Key)];
    }

    [Test]
    public void Without_nodes_pods_wait_and_say_so()
    {
        using var plane = new TestControlPlane(nodes: 0);
        plane.Api.Create(TestServer.Pod("p"));
        plane.Settle();
        Scheduled(plane.Pods.Single())!.Message.Should().Be("no nodes available to schedule pods");

        plane.Api.Create(Node("late", NodeSpec.Empty));
        plane.Settle();

        plane.Pods.Single().Spec.NodeName.Should().Be("late");
    }

    [Test]
    public void A_full_node_takes_the_next_pod_when_another_has_gone()
    {
        using var plane = new TestControlPlane(nodes: 0, stopSeconds: 5);
        Node node = Node("small", NodeSpec.Empty);
        plane.Api.Create(node with { Status = node.Status with { Carried = Allocatable("2") } });
        plane.Api.Create(ReplicaSet("web", 3));
        plane.Settle();
        plane.Pods.Count(pod => pod.Spec.NodeName == "small").Should().Be(2);
        Scheduled(plane.Pods.Single(pod => pod.Spec.NodeName is null))!.Message.Should().Be(
            "0/1 nodes are available: 1 Too many pods. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.");

        plane.Api.Delete<Pod>(plane.Pods.First(pod => pod.Spec.NodeName == "small").Name);
        plane.Settle();
        plane.Pods.Count(pod => pod.Spec.NodeName == "small").Should().Be(2, "the one that ends still takes its place");
        plane.Advance(5);

        plane.Pods.Count(pod => pod.Spec.NodeName == "small" && pod.Metadata.DeletionTimestamp is null).Should().Be(2);
    }

    [Test]
    public void Another_scheduler_s_pods_are_not_touched()
    {
        using var plane = new TestControlPlane(nodes: 1);
        Pod pod = TestServer.Pod("p");
        plane.Api.Create(pod with { Spec = pod.Spec with { Carried = new([new("schedulerName", JsonValue.OfText("mine"))]) } });

        plane.Settle();

        plane.Pods.Single().Spec.NodeName.Should().BeNull();
    }

    [Test]
    public void Many_pods_are_spread_evenly()
    {
        using var plane = new TestControlPlane(nodes: 100);
        for (int i = 0; i < 10; i++)
        {
            plane.Api.Create(ReplicaSet($"set-{i}", 250));
        }

        plane.Settle();

        plane.Pods.CountBy(pod => pod.Spec.NodeName!).Should().OnlyContain(pair => pair.Value == 25).And.HaveCount(100);
        plane.Pods.CountBy(pod => (pod.Spec.NodeName, pod.Metadata.Labels["app"])).Should().OnlyContain(pair => pair.Value == 2 || pair.Value == 3);
    }

    private static string Preemption(int nodes) =>
        $"no new claims to deallocate, preemption: 0/{nodes} nodes are available: {nodes} Preemption is not helpful for scheduling.";

    private static Condition? Scheduled(Pod pod) => pod.Status.Conditions.FirstOrDefault(condition => condition.Type == "PodScheduled");

    private static CarriedFields Allocatable(string pods) => new([new("allocatable", JsonValue.OfObject([new("pods", JsonValue.OfText(pods))]))]);
}
