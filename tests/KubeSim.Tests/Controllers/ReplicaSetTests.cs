using KubeSim.Api;
using KubeSim.Controllers.ReplicaSets;
using KubeSim.Tests.ApiServer;
using static KubeSim.Tests.Controllers.TestControlPlane;

namespace KubeSim.Tests.Controllers;

[TestFixture]
public sealed class ReplicaSetTests
{
    [Test]
    public void A_deleted_pod_is_replaced_at_once_and_not_counted_while_it_ends()
    {
        using var plane = new TestControlPlane(stopSeconds: 30);
        plane.Api.Create(ReplicaSet("web", 3));
        plane.Settle();
        Pod victim = plane.Pods[0];

        plane.Api.Delete<Pod>(victim.Name);
        plane.Settle();

        plane.Pods.Should().HaveCount(4);
        plane.Api.Get<ReplicaSet>("default/web").Status.Replicas.Should().Be(3);
        plane.Advance(30);
        plane.Pods.Should().HaveCount(3).And.NotContain(pod => pod.Metadata.Name == victim.Metadata.Name);
    }

    [Test]
    public void A_failed_pod_is_replaced_and_stays_to_be_looked_at()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(ReplicaSet("web", 2));
        plane.Settle();

        plane.Api.ReplaceStatus(plane.Pods[0] with { Status = new() { Phase = PodPhase.Failed } });
        plane.Settle();

        plane.Pods.CountBy(pod => pod.Status.Phase!).Should().BeEquivalentTo(new Dictionary<string, int> { [PodPhase.Failed] = 1, [PodPhase.Running] = 2 });
    }

    [Test]
    public void Pods_of_one_replica_set_share_their_template()
    {
        using var plane = new TestControlPlane(nodes: 0);
        plane.Api.Create(ReplicaSet("web", 2));

        plane.Settle();

        plane.Pods[0].Spec.Containers.Should().Equal(plane.Pods[1].Spec.Containers);
        plane.Pods[0].Metadata.GenerateName.Should().Be("web-");
        ReferenceEquals(plane.Pods[0].Metadata.OwnerReferences[0], plane.Pods[1].Metadata.OwnerReferences[0]).Should().BeTrue();
    }

    [Test]
    public void A_pod_that_matches_and_belongs_to_nobody_is_adopted()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(TestServer.Pod("mine", labels: [new("app", "web")]));
        plane.Api.Create(TestServer.Pod("other", labels: [new("app", "db")]));
        plane.Settle();

        plane.Api.Create(ReplicaSet("web", 2));
        plane.Settle();

        plane.Pods.Should().HaveCount(3);
        plane.Api.Get<Pod>("default/mine").Metadata.OwnerReferences.Should().ContainSingle().Which.Name.Should().Be("web");
        plane.Api.Get<Pod>("default/other").Metadata.OwnerReferences.Should().BeEmpty();
    }

    [Test]
    public void A_pod_that_no_longer_matches_is_released_and_replaced()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(ReplicaSet("web", 2));
        plane.Settle();
        Pod pod = plane.Pods[0];

        plane.Api.Replace(pod with { Metadata = pod.Metadata with { Labels = LabelSet.Of("app", "debug") } });
        plane.Settle();

        plane.Pods.Should().HaveCount(3);
        plane.Api.Get<Pod>(pod.Name).Metadata.OwnerReferences.Should().BeEmpty();
        plane.Api.Get<ReplicaSet>("default/web").Status.Replicas.Should().Be(2);
    }

    [Test]
    public void A_smaller_replica_set_gives_up_the_pods_that_serve_least()
    {
        using var plane = new TestControlPlane(nodes: 2);
        plane.Kubelet.NeverReady = pod => pod.Spec.NodeName == "node-2";
        plane.Api.Create(ReplicaSet("web", 4));
        plane.Settle();

        ReplicaSet set = plane.Api.Get<ReplicaSet>("default/web");
        plane.Api.Replace(set with { Spec = set.Spec with { Replicas = 2 } });
        plane.Settle();

        plane.Pods.Select(pod => pod.Spec.NodeName).Should().Equal("node-1", "node-1");
    }

    [Test]
    public void Ready_pods_count_as_available_when_they_have_been_ready_for_long_enough()
    {
        using var plane = new TestControlPlane();
        ReplicaSet set = ReplicaSet("web", 2);
        plane.Api.Create(set with { Spec = set.Spec with { MinReadySeconds = 10 } });
        plane.Settle();

        Available().Should().Be((2, null));
        plane.Advance(9);
        Available().Should().Be((2, null));
        plane.Advance(1);
        Available().Should().Be((2, 2));

        (int? Ready, int? Available) Available() =>
            plane.Api.Get<ReplicaSet>("default/web").Status is var status ? (status.ReadyReplicas, status.AvailableReplicas) : default;
    }

    [Test]
    public void What_the_server_refuses_becomes_a_condition()
    {
        using var plane = new TestControlPlane(isRunning: false);
        plane.Api.Create(TestServer.Namespace("other"));
        ReplicaSet set = ReplicaSet("web", 1);
        plane.Api.Create(set with { Metadata = set.Metadata with { Namespace = "other" } });
        plane.Api.Delete<Namespace>("other");

        using var controller = new ReplicaSetController(plane.Server.Api, plane.Server.Queue, plane.Server.Clock, plane.Server.Log, TimeSpan.Zero);
        plane.Settle();

        Condition failure = plane.Api.Get<ReplicaSet>("other/web").Status.Conditions.Single();
        (failure.Type, failure.Status, failure.Reason).Should().Be(("ReplicaFailure", "True", "FailedCreate"));
        failure.Message.Should().Contain("unable to create new content in namespace other because it is being terminated");
    }
}
