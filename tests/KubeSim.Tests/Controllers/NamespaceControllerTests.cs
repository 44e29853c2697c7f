using KubeSim.Api;
using KubeSim.Tests.ApiServer;

namespace KubeSim.Tests.Controllers;

[TestFixture]
public sealed class NamespaceControllerTests
{
    private static readonly ResourceType ConfigMaps = KnownResources.OfKind("v1", "ConfigMap");

    [Test]
    public void A_deleted_namespace_is_emptied_and_goes()
    {
        using var plane = new TestControlPlane(stopSeconds: 5);
        plane.Api.Create(TestServer.Namespace("shop"));
        Deployment deployment = TestControlPlane.Deployment("web", 2);
        plane.Api.Create(deployment with { Metadata = deployment.Metadata with { Namespace = "shop" } });
        plane.Api.Create<KubernetesObject>(ConfigMap("settings"));
        plane.Settle();

        plane.Api.Delete<Namespace>("shop");
        plane.Settle();

        plane.Api.Get<Namespace>("shop").Status.Phase.Should().Be("Terminating");
        plane.Api.List(ConfigMaps).Should().BeEmpty();
        plane.Api.List<Deployment>().Should().BeEmpty();
        plane.Api.List<ReplicaSet>().Should().BeEmpty();
        plane.Pods.Should().HaveCount(2).And.OnlyContain(pod => pod.Metadata.DeletionTimestamp != null);
        plane.Advance(5);
        plane.Api.Find<Namespace>("shop").Should().BeNull();
        plane.Pods.Should().BeEmpty();
    }

    [Test]
    public void What_holds_a_namespace_up_stands_in_its_conditions()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(TestServer.Namespace("shop"));
        KubernetesObject held = plane.Api.Create<KubernetesObject>(ConfigMap("held", "example.com/f"));
        plane.Api.Delete<Namespace>("shop");
        plane.Settle();

        plane.Api.Get<Namespace>("shop").Status.Conditions.Where(condition => condition.Status == "True").Select(condition => condition.Message).Should().Equal(
            "Some resources are remaining: configmaps. has 1 resource instances",
            "Some content in the namespace has finalizers remaining: example.com/f in 1 resource instances");
        held = plane.Api.Find(ConfigMaps, held.Name)!;
        plane.Api.Replace(held with { Metadata = held.Metadata with { Finalizers = [] } });
        plane.Settle();

        plane.Api.Find<Namespace>("shop").Should().BeNull();
    }

    [Test]
    public void An_empty_namespace_goes_at_once_and_others_stay()
    {
        using var plane = new TestControlPlane();
        plane.Api.Create(TestServer.Namespace("shop"));
        plane.Api.Create(TestServer.Pod("p"));

        plane.Api.Delete<Namespace>("shop");
        plane.Settle();

        plane.Api.Find<Namespace>("shop").Should().BeNull();
        plane.Pods.Should().ContainSingle();
    }

    private static UnstructuredObject ConfigMap(string name, params string[] finalizers) =>
        new(ConfigMaps) { Metadata = new() { Name = name, Namespace = "shop", Finalizers = [.. finalizers] } };
}
