using KubeSim.Api;
using static KubeSim.Tests.Controllers.TestControlPlane;

namespace KubeSim.Tests.Controllers;

[TestFixture]
public sealed class DeploymentTests
{
    [Test]
    public void A_deployment_becomes_ready_pods_spread_over_the_nodes()
    {
        using var plane = new TestControlPlane(nodes: 3);
        plane.Api.Create(Deployment("web", 6));

        plane.Settle();

        plane.Pods.Should().HaveCount(6).And.OnlyContain(pod => pod.Status.Phase == PodPhase.Running);
        plane.Pods.CountBy(pod => pod.Spec.NodeName!).Should().BeEquivalentTo(
            new Dictionary<string, int> { ["node-1"] = 2, ["node-2"] = 2, ["node-3"] = 2 });
        DeploymentStatus status = plane.Get("web").Status;
        (status.Replicas, status.UpdatedReplicas, status.ReadyReplicas, status.AvailableReplicas, status.UnavailableReplicas).Should().Be((6, 6, 6, 6, null));
        status.ObservedGeneration.Should().Be(plane.Get("web").Metadata.Generation);
        status.Conditions.Select(condition => $"{condition.Type}={condition.Status} {condition.Reason}").Should()
            .BeEquivalentTo("Available=True MinimumReplicasAvailable", "Progressing=True NewReplicaSetAvailable");
    }

    [Test]
    public void Names_labels_and_owners_lead_from_the_deployment_to_its_pods()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(Deployment("web", 1));

        plane.Settle();

        ReplicaSet set = plane.Api.List<ReplicaSet>().Single();
        string hash = set.Metadata.Labels["pod-template-hash"]!;
        hash.Should().MatchRegex("^[bcdf456789]{1,10}$");
        set.Metadata.Name.Should().Be($"web-{hash}");
        set.Spec.Selector!.MatchLabels["pod-template-hash"].Should().Be(hash);
        set.Metadata.OwnerReferences.Single().Uid.Should().Be(plane.Get("web").Metadata.Uid);
        set.Metadata.Annotations["deployment.kubernetes.io/revision"].Should().Be("1");
        plane.Get("web").Metadata.Annotations["deployment.kubernetes.io/revision"].Should().Be("1");
        Pod pod = plane.Pods.Single();
        pod.Metadata.Name.Should().StartWith($"web-{hash}-");
        pod.Metadata.Labels["pod-template-hash"].Should().Be(hash);
        pod.Metadata.OwnerReferences.Single().Should().BeEquivalentTo(
            new OwnerReference { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = set.Metadata.Name, Uid = set.Metadata.Uid!, Controller = true, BlockOwnerDeletion = true });
    }

    [Test]
    public void A_new_template_rolls_out_without_falling_below_what_must_be_available()
    {
        using var plane = new TestControlPlane(startSeconds: 5, stopSeconds: 3);
        plane.Api.Create(Deployment("web", 10));
        plane.Advance(10);
        var sizes = new List<string>();
        int least = int.MaxValue;
        plane.Server.Api.Subscribe<ReplicaSet>(_ =>
        {
            ReplicaSet[] sets = plane.Server.Api.InNamespace<ReplicaSet>("default");
            sizes.Add(string.Join('/', sets.OrderByDescending(set => set.Metadata.Annotations["deployment.kubernetes.io/revision"], StringComparer.Ordinal).Select(set => set.Spec.Replicas)));
            least = Math.Min(least, sets.Sum(set => set.Status.AvailableReplicas ?? 0));
        });

        plane.Change("web", spec => spec with { Template = Template("web", "app:2") });
        plane.Advance(60);

        sizes.Distinct().Should().Equal("10", "3/10", "3/8", "5/8", "5/3", "10/3", "10/0");
        least.Should().Be(8);
        plane.Pods.Should().HaveCount(10).And.OnlyContain(pod => pod.Spec.Containers[0].Image == "app:2");
        plane.Get("web").Metadata.Annotations["deployment.kubernetes.io/revision"].Should().Be("2");
    }

    [Test]
    public void Going_back_reuses_the_old_replica_set_under_a_new_revision()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(Deployment("web", 2));
        plane.Settle();
        string first = plane.Api.List<ReplicaSet>().Single().Metadata.Name;
        plane.Change("web", spec => spec with { Template = Template("web", "app:2") });
        plane.Settle();

        plane.Change("web", spec => spec with { Template = Template("web", "app:1") });
        plane.Settle();

        plane.Api.List<ReplicaSet>().Should().HaveCount(2);
        ReplicaSet back = plane.Api.Get<ReplicaSet>(new("default", first));
        back.Spec.Replicas.Should().Be(2);
        back.Metadata.Annotations["deployment.kubernetes.io/revision"].Should().Be("3");
        back.Metadata.Annotations["deployment.kubernetes.io/revision-history"].Should().Be("1");
        plane.Get("web").Metadata.Annotations["deployment.kubernetes.io/revision"].Should().Be("3");
    }

    [Test]
    public void Old_replica_sets_beyond_the_limit_are_forgotten()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(Deployment("web", 1));
        plane.Change("web", spec => spec with { RevisionHistoryLimit = 2 });
        for (int version = 1; version <= 5; version++)
        {
            plane.Change("web", spec => spec with { Template = Template("web", $"app:{version}") });
            plane.Settle();
        }

        plane.Api.List<ReplicaSet>().Select(set => set.Spec.Template.Spec.Containers[0].Image).Should().BeEquivalentTo("app:3", "app:4", "app:5");
    }

    [Test]
    public void Recreate_starts_no_new_pod_before_the_last_old_one_is_gone()
    {
        using var plane = new TestControlPlane(stopSeconds: 20);
        Deployment deployment = Deployment("web", 3);
        plane.Api.Create(deployment with { Spec = deployment.Spec with { Strategy = new() { Type = "Recreate" } } });
        plane.Settle();

        plane.Change("web", spec => spec with { Template = Template("web", "app:2") });
        plane.Advance(19);
        plane.Pods.Should().HaveCount(3).And.OnlyContain(pod => pod.Spec.Containers[0].Image == "app:1" && pod.Metadata.DeletionTimestamp != null);
        plane.Advance(1);

        plane.Pods.Should().HaveCount(3).And.OnlyContain(pod => pod.Spec.Containers[0].Image == "app:2");
    }

    [Test]
    public void A_paused_deployment_scales_but_does_not_roll_out()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(Deployment("web", 2));
        plane.Settle();

        plane.Change("web", spec => spec with { Paused = true, Replicas = 4, Template = Template("web", "app:2") });
        plane.Settle();
        plane.Pods.Should().HaveCount(4).And.OnlyContain(pod => pod.Spec.Containers[0].Image == "app:1");
        Progress(plane).Should().Be("Unknown DeploymentPaused");
        plane.Change("web", spec => spec with { Paused = false });
        plane.Settle();

        plane.Pods.Should().HaveCount(4).And.OnlyContain(pod => pod.Spec.Containers[0].Image == "app:2");
        Progress(plane).Should().Be("True NewReplicaSetAvailable");
    }

    [Test]
    public void A_rollout_that_hangs_is_reported_after_the_deadline_and_recovers()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(Deployment("web", 4));
        plane.Settle();
        plane.Server.Queue.Count.Should().Be(0, "a finished rollout leaves nothing to wait for");
        plane.Kubelet.NeverReady = pod => pod.Spec.Containers[0].Image == "app:bad";

        plane.Change("web", spec => spec with { Template = Template("web", "app:bad"), ProgressDeadlineSeconds = 60 });
        plane.Advance(60);
        Progress(plane).Should().Be("True ReplicaSetUpdated");
        plane.Advance(1);
        Progress(plane).Should().Be("False ProgressDeadlineExceeded");
        plane.Get("web").Status.UnavailableReplicas.Should().Be(2);

        plane.Change("web", spec => spec with { Template = Template("web", "app:good") });
        plane.Settle();
        Progress(plane).Should().Be("True NewReplicaSetAvailable");
        plane.Pods.Should().HaveCount(4).And.OnlyContain(pod => pod.Spec.Containers[0].Image == "app:good");
    }

    [Test]
    public void A_new_deployment_takes_over_the_replica_set_that_another_left_behind()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(Deployment("web", 2));
        plane.Settle();
        string[] pods = [.. plane.Pods.Select(pod => pod.Metadata.Name)];
        plane.Api.Delete<Deployment>("default/web", new DeleteOptions { PropagationPolicy = "Orphan" });
        plane.Settle();
        plane.Api.List<ReplicaSet>().Single().Metadata.OwnerReferences.Should().BeEmpty();

        plane.Api.Create(Deployment("web", 2));
        plane.Settle();

        plane.Api.List<ReplicaSet>().Single().Metadata.OwnerReferences.Should().ContainSingle();
        plane.Pods.Select(pod => pod.Metadata.Name).Should().Equal(pods);
    }

    [Test]
    public void Each_step_waits_for_the_watch_where_there_is_a_delay()
    {
        using var plane = new TestControlPlane(watchDelaySeconds: 1);
        plane.Api.Create(Deployment("web", 1));

        plane.Advance(0.9);
        plane.Api.List<ReplicaSet>().Should().BeEmpty();
        plane.Advance(0.1);
        plane.Api.List<ReplicaSet>().Should().HaveCount(1);
        plane.Pods.Should().BeEmpty();
        plane.Advance(1);
        plane.Pods.Single().Spec.NodeName.Should().BeNull();
        plane.Advance(1);
        plane.Pods.Single().Spec.NodeName.Should().NotBeNull();
    }

    private static string? Progress(TestControlPlane plane) =>
        plane.Get("web").Status.Conditions.Where(condition => condition.Type == "Progressing").Select(condition => $"{condition.Status} {condition.Reason}").SingleOrDefault();
}
