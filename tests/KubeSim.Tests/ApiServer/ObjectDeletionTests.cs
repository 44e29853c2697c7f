using KubeSim.Api;
using static KubeSim.Tests.ApiServer.TestServer;

namespace KubeSim.Tests.ApiServer;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ObjectDeletionTests
{
    private readonly TestServer _server = new();

    [Test]
    public void A_pod_on_a_node_has_its_grace_period_until_the_kubelet_finishes_it()
    {
        Pod pod = _server.Api.Create(Pod("p", "node-1"));

        _server.Api.Delete<Pod>("p");

        Pod going = _server.Api.Get<Pod>("p");
        going.Metadata.DeletionTimestamp.Should().Be(_server.Clock.Start.AddSeconds(30));
        going.Metadata.DeletionGracePeriodSeconds.Should().Be(30);
        going.Metadata.Generation.Should().Be(2);
        _server.Api.Delete<Pod>("p", new DeleteOptions { GracePeriodSeconds = 0, Uid = pod.Metadata.Uid });
        _server.Api.Find<Pod>("p").Should().BeNull();
    }

    [Test]
    public void A_later_deletion_may_only_shorten_the_time()
    {
        _server.Api.Create(Pod("p", "node-1"));
        _server.Api.Delete<Pod>("p");

        _server.Api.Delete<Pod>("p", new DeleteOptions { GracePeriodSeconds = 10 });
        _server.Api.Delete<Pod>("p", new DeleteOptions { GracePeriodSeconds = 20 });
        _server.Api.Delete<Pod>("p");

        Pod going = _server.Api.Get<Pod>("p");
        going.Metadata.DeletionTimestamp.Should().Be(_server.Clock.Start.AddSeconds(10));
        going.Metadata.DeletionGracePeriodSeconds.Should().Be(10);
        going.Metadata.Generation.Should().Be(2);
    }

    [Test]
    public void A_pod_without_a_node_and_one_that_has_ended_go_at_once()
    {
        _server.Api.Create(Pod("unscheduled"));
        Pod ended = _server.Api.Create(Pod("ended", "node-1"));
        _server.Api.ReplaceStatus(ended with { Status = ended.Status with { Phase = PodPhase.Failed } });

        _server.Api.Delete<Pod>("unscheduled");
        _server.Api.Delete<Pod>("ended");

        _server.Api.List<Pod>().Should().BeEmpty();
    }

    [Test]
    public void Watchers_see_a_pod_marked_marked_again_and_gone()
    {
        var seen = new List<string>();
        _server.Api.Create(Pod("p", "node-1"));
        using IDisposable subscription = _server.Api.Subscribe<Pod>(change => seen.Add($"{change.Type} {change.Object.Metadata.DeletionGracePeriodSeconds} {change.Version}"));
        long version = _server.Api.Version;

        _server.Api.Delete<Pod>("p");
        _server.Api.Delete<Pod>("p", new DeleteOptions { GracePeriodSeconds = 0 });

        seen.Should().Equal("Added  0", $"Modified 30 {version + 1}", $"Modified 0 {version + 2}", $"Deleted 0 {version + 3}");
    }

    [Test]
    public void Finalizers_hold_an_object_until_the_last_is_taken_away()
    {
        Service service = _server.Api.Create(Service("s") with { Metadata = new() { Name = "s", Finalizers = ["example.com/held"] } });
        _server.Api.Delete<Service>("s");
        Service going = _server.Api.Get<Service>("s");
        going.Metadata.DeletionTimestamp.Should().Be(_server.Clock.Start);
        going.Metadata.DeletionGracePeriodSeconds.Should().Be(0);
        long version = _server.Api.Version;
        _server.Api.Delete<Service>("s");
        _server.Api.Version.Should().Be(version, "it is being deleted already");

        Refused(() => _server.Api.Replace(going with { Metadata = going.Metadata with { Finalizers = ["example.com/held", "example.com/more"] } })).Message.Should().Be(
            "Service \"s\" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"example.com/more\"}");
        _server.Api.Patch<Service>("s", JsonValue.OfObject([new("metadata", JsonValue.OfObject([new("finalizers", JsonValue.Null)]))]))
            .Metadata.ResourceVersion.Should().Be(going.Metadata.ResourceVersion);

        _server.Api.Find<Service>("s").Should().BeNull();
        service.Metadata.DeletionTimestamp.Should().BeNull();
    }

    [Test]
    public void Preconditions_that_do_not_hold_are_a_conflict()
    {
        Service service = _server.Api.Create(Service("s"));

        Refused(() => _server.Api.Delete<Service>("s", new DeleteOptions { Uid = "1-1" })).Should().Be(new Status
        {
            Code = 409,
            Reason = "Conflict",
            Message = $"Operation cannot be fulfilled on Service \"s\": the UID in the precondition (1-1) does not match the UID in record ({service.Metadata.Uid}). The object might have been deleted and then recreated",
            Details = new() { Name = "s", Kind = "Service" },
        });
        Refused(() => _server.Api.Delete<Service>("s", new DeleteOptions { ResourceVersion = "1" })).Message.Should().Be(
            $"Operation cannot be fulfilled on Service \"s\": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record ({service.Metadata.ResourceVersion}). The object might have been modified");
    }

    [TestCase("Foreground", "foregroundDeletion")]
    [TestCase("Orphan", "orphan")]
    public void What_becomes_of_dependents_is_noted_for_the_garbage_collector(string policy, string finalizer)
    {
        _server.Api.Create(ReplicaSet("r"));

        _server.Api.Delete<ReplicaSet>("r", new DeleteOptions { PropagationPolicy = policy });

        ReplicaSet going = _server.Api.Get<ReplicaSet>("r");
        going.Metadata.Finalizers.Should().Equal(finalizer);
        going.Metadata.DeletionTimestamp.Should().NotBeNull();
        going.Metadata.Generation.Should().Be(2);
    }

    [Test]
    public void An_unknown_policy_is_refused()
    {
        _server.Api.Create(Service("s"));

        Status status = Refused(() => _server.Api.Delete<Service>("s", new DeleteOptions { PropagationPolicy = "Foo" }));

        status.Code.Should().Be(422);
        status.Message.Should().Be("DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"Foo\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
    }

    [Test]
    public void A_namespace_ends_when_it_has_been_emptied()
    {
        _server.Api.Create(Namespace("shop"));
        _server.Api.Delete<Namespace>("shop");

        Namespace going = _server.Api.Get<Namespace>("shop");
        going.Status.Phase.Should().Be("Terminating");
        going.Metadata.DeletionTimestamp.Should().NotBeNull();
        going.Spec.Finalizers.Should().Equal("kubernetes");

        _server.Api.FinalizeNamespace("shop");
        _server.Api.Find<Namespace>("shop").Should().BeNull();
    }

    [TestCase("default")]
    [TestCase("kube-system")]
    [TestCase("kube-public")]
    public void Some_namespaces_have_to_stay(string name) =>
        Refused(() => _server.Api.Delete<Namespace>(name)).Should().Be(new Status
        {
            Code = 403,
            Reason = "Forbidden",
            Message = $"namespaces \"{name}\" is forbidden: this namespace may not be deleted",
            Details = new() { Name = name, Kind = "namespaces" },
        });

    [Test]
    public void The_endpoints_of_a_service_go_with_it()
    {
        _server.Api.Create(Service("s"));
        _server.Api.Create(new Endpoints { Metadata = new() { Name = "s" } });
        _server.Api.Create(new Endpoints { Metadata = new() { Name = "other" } });

        _server.Api.Delete<Service>("s");

        _server.Api.List<Endpoints>().Select(endpoints => endpoints.Metadata.Name).Should().Equal("other");
    }

    [Test]
    public void What_is_not_there_cannot_be_deleted() =>
        Refused(() => _server.Api.Delete<EndpointSlice>("es")).Should().Be(new Status
        {
            Code = 404,
            Reason = "NotFound",
            Message = "endpointslices.discovery.k8s.io \"es\" not found",
            Details = new() { Name = "es", Group = "discovery.k8s.io", Kind = "endpointslices" },
        });
}
