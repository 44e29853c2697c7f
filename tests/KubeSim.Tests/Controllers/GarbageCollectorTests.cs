using KubeSim.Api;
using KubeSim.Tests.ApiServer;
using static KubeSim.Tests.Controllers.TestControlPlane;

namespace KubeSim.Tests.Controllers;

[TestFixture]
public sealed class GarbageCollectorTests
{
    private static readonly ResourceType ConfigMaps = KnownResources.OfKind("v1", "ConfigMap");

    [Test]
    public void What_a_deleted_deployment_owned_goes_after_it()
    {
        using var plane = new TestControlPlane(stopSeconds: 5);
        plane.Api.Create(Deployment("web", 3));
        plane.Settle();

        plane.Api.Delete<Deployment>("default/web");
        plane.Api.Find<Deployment>("default/web").Should().BeNull("in the background the owner goes first");
        plane.Settle();

        plane.Api.List<ReplicaSet>().Should().BeEmpty();
        plane.Pods.Should().HaveCount(3).And.OnlyContain(pod => pod.Metadata.DeletionTimestamp != null);
        plane.Advance(5);
        plane.Pods.Should().BeEmpty();
    }

    [Test]
    public void In_the_foreground_the_owner_waits_for_what_it_owns()
    {
        using var plane = new TestControlPlane(stopSeconds: 5);
        plane.Api.Create(Deployment("web", 2));
        plane.Settle();

        plane.Api.Delete<Deployment>("default/web", new DeleteOptions { PropagationPolicy = "Foreground" });
        plane.Advance(4);
        plane.Get("web").Metadata.Finalizers.Should().Equal("foregroundDeletion");
        plane.Api.List<ReplicaSet>().Should().ContainSingle().Which.Metadata.DeletionTimestamp.Should().NotBeNull();
        plane.Pods.Should().HaveCount(2);
        plane.Advance(1);

        plane.Pods.Should().BeEmpty();
        plane.Api.List<ReplicaSet>().Should().BeEmpty();
        plane.Api.List<Deployment>().Should().BeEmpty();
    }

    [Test]
    public void Orphans_lose_their_owner_and_stay()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(ReplicaSet("web", 2));
        plane.Settle();

        plane.Api.Delete<ReplicaSet>("default/web", new DeleteOptions { PropagationPolicy = "Orphan" });
        plane.Settle();

        plane.Api.List<ReplicaSet>().Should().BeEmpty();
        plane.Pods.Should().HaveCount(2).And.OnlyContain(pod => pod.Metadata.OwnerReferences.IsEmpty && pod.Metadata.DeletionTimestamp == null);
    }

    [Test]
    public void Dependents_of_what_never_existed_are_deleted_whatever_their_kind()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create<KubernetesObject>(ConfigMap("stray", Owner("nobody", "no-such-uid")));

        plane.Settle();

        plane.Api.List(ConfigMaps).Should().BeEmpty();
    }

    [Test]
    public void An_object_lives_as_long_as_one_of_its_owners()
    {
        using var plane = new TestControlPlane();
        KubernetesObject first = plane.Api.Create<KubernetesObject>(ConfigMap("first"));
        KubernetesObject second = plane.Api.Create<KubernetesObject>(ConfigMap("second"));
        plane.Api.Create<KubernetesObject>(ConfigMap("child", Owner("first", first.Metadata.Uid!), Owner("second", second.Metadata.Uid!)));
        plane.Settle();

        plane.Api.Delete(ConfigMaps, first.Name);
        plane.Settle();
        plane.Api.Find(ConfigMaps, "default/child")!.Metadata.OwnerReferences.Should().ContainSingle().Which.Name.Should().Be("second");
        plane.Api.Delete(ConfigMaps, second.Name);
        plane.Settle();

        plane.Api.List(ConfigMaps).Should().BeEmpty();
    }

    [Test]
    public void An_owner_in_the_foreground_does_not_wait_for_dependents_that_do_not_block()
    {
        using var plane = new TestControlPlane(stopSeconds: 100);
        KubernetesObject owner = plane.Api.Create<KubernetesObject>(ConfigMap("owner"));
        Pod pod = TestServer.Pod("p", node: "node-1");
        plane.Api.Create(pod with { Metadata = pod.Metadata with { OwnerReferences = [Owner("owner", owner.Metadata.Uid!)] } });
        plane.Settle();

        plane.Api.Delete(ConfigMaps, owner.Name, new DeleteOptions { PropagationPolicy = "Foreground" });
        plane.Settle();

        plane.Api.List(ConfigMaps).Should().BeEmpty();
        plane.Pods.Single().Metadata.DeletionTimestamp.Should().NotBeNull();
    }

    private static OwnerReference Owner(string name, string uid) => new() { ApiVersion = "v1", Kind = "ConfigMap", Name = name, Uid = uid };

    private static UnstructuredObject ConfigMap(string name, params OwnerReference[] owners) =>
        new(ConfigMaps) { Metadata = new() { Name = name, Namespace = "default", OwnerReferences = [.. owners] } };
}
