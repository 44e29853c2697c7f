using KubeSim.Api;
using static KubeSim.Tests.ApiServer.TestServer;

namespace KubeSim.Tests.ApiServer;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ObjectUpdateTests
{
    private readonly TestServer _server = new();

    [Test]
    public void A_replacement_keeps_identity_and_status()
    {
        Pod pod = _server.Api.Create(Pod("a"));
        pod = _server.Api.ReplaceStatus(pod with { Status = pod.Status with { PodIP = "10.0.0.1" } });

        Pod replaced = _server.Api.Replace(pod with
        {
            Metadata = new() { Name = "a", Labels = LabelSet.Of("app", "web") },
            Status = PodStatus.Empty with { PodIP = "10.9.9.9" },
        });

        replaced.Metadata.Uid.Should().Be(pod.Metadata.Uid);
        replaced.Metadata.CreationTimestamp.Should().Be(pod.Metadata.CreationTimestamp);
        replaced.Metadata.Labels["app"].Should().Be("web");
        replaced.Status.PodIP.Should().Be("10.0.0.1");
    }

    [Test]
    public void A_new_status_changes_nothing_else()
    {
        Deployment deployment = _server.Api.Create(Deployment("web"));

        Deployment changed = _server.Api.ReplaceStatus(deployment with
        {
            Metadata = deployment.Metadata with { Labels = LabelSet.Of("app", "web") },
            Spec = deployment.Spec with { Replicas = 5 },
            Status = deployment.Status with { Replicas = 1 },
        });

        changed.Should().Be(deployment with { Metadata = deployment.Metadata with { ResourceVersion = changed.Metadata.ResourceVersion }, Status = changed.Status });
        changed.Status.Replicas.Should().Be(1);
        changed.Metadata.Generation.Should().Be(1);
    }

    [Test]
    public void A_write_that_changes_nothing_is_no_change()
    {
        Pod pod = _server.Api.Create(Pod("a"));
        long before = _server.Api.Version;
        int seen = 0;
        using IDisposable subscription = _server.Api.Subscribe<Pod>(_ => seen++);

        _server.Api.Replace(pod).Should().BeSameAs(pod);
        _server.Api.ReplaceStatus(pod).Should().BeSameAs(pod);
        _server.Api.Patch<Pod>("a", JsonValue.OfObject([])).Should().BeSameAs(pod);

        _server.Api.Version.Should().Be(before);
        seen.Should().Be(1, "only the present Pod was told");
    }

    [Test]
    public void An_old_version_conflicts()
    {
        Pod pod = _server.Api.Create(Pod("a"));
        _server.Api.Replace(Labelled(pod, "1"));

        Refused(() => _server.Api.Replace(Labelled(pod, "2"))).Should().Be(new Status
        {
            Code = 409,
            Reason = "Conflict",
            Message = "Operation cannot be fulfilled on pods \"a\": the object has been modified; please apply your changes to the latest version and try again",
            Details = new() { Name = "a", Kind = "pods" },
        });
    }

    [Test]
    public void Without_a_version_the_last_writer_wins()
    {
        Pod pod = _server.Api.Create(Pod("a"));
        _server.Api.Replace(Labelled(pod, "1"));

        _server.Api.Replace(pod with { Metadata = new() { Name = "a", Labels = LabelSet.Of("app", "2") } }).Metadata.Labels["app"].Should().Be("2");
    }

    [Test]
    public void Another_identity_conflicts()
    {
        Service service = _server.Api.Create(Service("s"));

        Refused(() => _server.Api.Replace(service with { Metadata = service.Metadata with { Uid = "1-2" } })).Message.Should().Be(
            "Operation cannot be fulfilled on services \"s\": StorageError: invalid object, Code: 4, Key: /registry/services/specs/default/s, ResourceVersion: 0, " +
            $"AdditionalErrorMsg: Precondition failed: UID in precondition: 1-2, UID in object meta: {service.Metadata.Uid}");
    }

    [Test]
    public void A_replacement_of_nothing_creates_services_and_endpoints_and_refuses_others()
    {
        _server.Api.Replace(Service("s") with { Metadata = new() { Name = "s", ResourceVersion = "7" } }).Metadata.Uid.Should().NotBeNull();
        _server.Api.Replace(new Endpoints { Metadata = new() { Name = "s" } }).Metadata.Uid.Should().NotBeNull();
        Refused(() => _server.Api.Replace(Pod("a"))).Message.Should().Be("pods \"a\" not found");
        Refused(() => _server.Api.Replace(ReplicaSet("r"))).Should().Be(new Status
        {
            Code = 404,
            Reason = "NotFound",
            Message = "replicasets.apps \"r\" not found",
            Details = new() { Name = "r", Group = "apps", Kind = "replicasets" },
        });
    }

    [Test]
    public void The_generation_counts_changes_of_what_is_wanted()
    {
        Deployment deployment = _server.Api.Create(Deployment("web"));
        deployment = _server.Api.Replace(deployment with { Metadata = deployment.Metadata with { Labels = LabelSet.Of("app", "web") } });
        deployment.Metadata.Generation.Should().Be(1, "labels are not wanted of it");
        deployment = _server.Api.Replace(deployment with { Spec = deployment.Spec with { Replicas = 2 } });
        deployment.Metadata.Generation.Should().Be(2);

        _server.Api.Create(Service("s")).Metadata.Generation.Should().BeNull();
    }

    [Test]
    public void Any_change_of_a_slice_counts()
    {
        EndpointSlice slice = _server.Api.Create(new EndpointSlice { Metadata = new() { Name = "s" }, AddressType = "IPv4" });
        slice = _server.Api.Replace(slice with { Metadata = slice.Metadata with { Labels = LabelSet.Of("app", "web") } });

        slice.Metadata.Generation.Should().Be(2);
    }

    [Test]
    public void Binding_puts_a_pod_on_its_node_once()
    {
        _server.Api.Create(new Node { Metadata = new() { Name = "n1", Labels = LabelSet.Of("topology.kubernetes.io/zone", "a") } });
        _server.Api.Create(Pod("p"));

        Pod pod = _server.Api.Bind("p", "n1");

        pod.Spec.NodeName.Should().Be("n1");
        pod.Metadata.Labels["topology.kubernetes.io/zone"].Should().Be("a");
        pod.Metadata.Generation.Should().Be(1);
        pod.Status.Conditions.Should().ContainSingle(condition => condition.Type == "PodScheduled" && condition.Status == "True");
        Refused(() => _server.Api.Bind("p", "n1")).Should().Be(new Status
        {
            Code = 409,
            Reason = "Conflict",
            Message = "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node \"n1\"",
            Details = new() { Name = "p", Kind = "pods/binding" },
        });
    }

    [Test]
    public void A_namespace_keeps_its_label_and_its_finalizer()
    {
        Namespace space = _server.Api.Create(Namespace("shop"));

        space = _server.Api.Replace(space with { Metadata = space.Metadata with { Labels = LabelSet.Of("team", "a") }, Spec = NamespaceSpec.Empty });

        space.Metadata.Labels.ToString().Should().Be("kubernetes.io/metadata.name=shop,team=a");
        space.Spec.Finalizers.Should().Equal("kubernetes");
    }

    private static Pod Labelled(Pod pod, string value) => pod with { Metadata = pod.Metadata with { Labels = LabelSet.Of("app", value) } };
}
