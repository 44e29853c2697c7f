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
}
