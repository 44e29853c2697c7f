using KubeSim.Api;
using KubeSim.Controllers.ReplicaSets;

namespace KubeSim.Tests.Controllers;

[TestFixture]
public sealed class PodDeletionOrderTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 10, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> Pairs()
    {
        yield return new TestCaseData(Pod() with { Spec = new() }, Pod()).SetName("An_unscheduled_pod_goes_before_a_scheduled_one");
        yield return new TestCaseData(InPhase(PodPhase.Pending), InPhase(PodPhase.Running)).SetName("A_pending_pod_goes_before_a_running_one");
        yield return new TestCaseData(InPhase(PodPhase.Pending), InPhase(PodPhase.Unknown)).SetName("A_pending_pod_goes_before_one_of_unknown_phase");
        yield return new TestCaseData(Pod(isReady: false), Pod()).SetName("A_pod_that_is_not_ready_goes_before_a_ready_one");
        yield return new TestCaseData(Costing("-5"), Pod()).SetName("A_cheap_pod_goes_before_one_that_costs_nothing");
        yield return new TestCaseData(Pod(node: "crowded"), Costing("10")).SetName("The_cost_counts_more_than_company");
        yield return new TestCaseData(Costing("-1"), Pod(node: "crowded")).SetName("Company_counts_less_than_the_cost");
        yield return new TestCaseData(Pod(node: "crowded"), Pod(node: "n")).SetName("A_pod_with_siblings_on_its_node_goes_before_one_alone");
        yield return new TestCaseData(Pod(readyMinutes: 10), Pod(readyMinutes: 600)).SetName("A_pod_ready_for_minutes_goes_before_one_ready_for_hours");
        yield return new TestCaseData(Pod(uid: "a", readyMinutes: 60), Pod(uid: "z", readyMinutes: 55)).SetName("Within_an_order_of_magnitude_the_identity_decides");
        yield return new TestCaseData(Restarted(4), Restarted(1)).SetName("A_pod_that_restarts_often_goes_first");
        yield return new TestCaseData(Pod(createdMinutes: 1), Pod(createdMinutes: 100)).SetName("A_young_pod_goes_before_an_old_one");
    }

    [TestCaseSource(nameof(Pairs))]
    public void Order(Pod first, Pod second)
    {
        var order = new PodDeletionOrder(new Dictionary<string, int> { ["n"] = 1, ["crowded"] = 2 }, Now);

        order.Compare(first, second).Should().BeNegative();
        order.Compare(second, first).Should().BePositive();
    }

    private static Pod Pod(string uid = "m", string node = "n", bool isReady = true, int readyMinutes = 300, int createdMinutes = 360) => new()
    {
        Metadata = new() { Name = uid, Uid = uid, CreationTimestamp = Now.AddMinutes(-createdMinutes) },
        Spec = new() { NodeName = node },
        Status = TestKubelet.Running(isReady, Now.AddMinutes(-readyMinutes)),
    };

    private static Pod InPhase(string phase) => Pod(isReady: false) is var pod ? pod with { Status = pod.Status with { Phase = phase } } : null!;

    private static Pod Costing(string cost) =>
        Pod() is var pod ? pod with { Metadata = pod.Metadata with { Annotations = LabelSet.Of("controller.kubernetes.io/pod-deletion-cost", cost) } } : null!;

    private static Pod Restarted(int times) =>
        Pod() is var pod ? pod with { Status = pod.Status with { ContainerStatuses = [new() { Name = "app", RestartCount = times }] } } : null!;
}
