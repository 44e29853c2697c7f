using System.Globalization;
using KubeSim.Api;
using static KubeSim.Tests.ApiServer.TestServer;

namespace KubeSim.Tests.ApiServer;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ObjectCreationTests
{
    private readonly TestServer _server = new();

    [Test]
    public void A_new_object_gets_its_identity_its_version_and_its_time()
    {
        long before = _server.Api.Version;
        _server.Clock.Advance(TimeSpan.FromMilliseconds(1700));

        Pod pod = _server.Api.Create(Pod("web") with { Status = PodStatus.Empty with { PodIP = "10.0.0.1" } });

        pod.Metadata.Uid.Should().MatchRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
        long.Parse(pod.Metadata.ResourceVersion!, CultureInfo.InvariantCulture).Should().Be(before + 1);
        pod.Metadata.CreationTimestamp.Should().Be(new DateTimeOffset(2030, 1, 1, 0, 0, 1, TimeSpan.Zero));
        pod.Metadata.Generation.Should().Be(1);
        pod.Status.PodIP.Should().BeNull("the author of a Pod does not say its state");
        _server.Api.Get<Pod>("web").Should().BeSameAs(pod);
    }

    [Test]
    public void All_kinds_share_one_version()
    {
        long pod = VersionOf(_server.Api.Create(Pod("a")));
        long service = VersionOf(_server.Api.Create(Service("a")));

        service.Should().Be(pod + 1);
        _server.Api.Version.Should().Be(service);
    }

    [Test]
    public void What_the_author_says_of_identity_and_time_is_ignored()
    {
        var claimed = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Pod pod = Pod("a");
        pod = _server.Api.Create(pod with { Metadata = pod.Metadata with { Uid = "mine", CreationTimestamp = claimed, DeletionTimestamp = claimed, Generation = 7 } });

        pod.Metadata.Uid.Should().NotBe("mine");
        pod.Metadata.CreationTimestamp.Should().Be(_server.Clock.Start);
        pod.Metadata.DeletionTimestamp.Should().BeNull();
        pod.Metadata.Generation.Should().Be(1);
    }

    [Test]
    public void A_version_on_a_new_object_is_a_plain_server_error()
    {
        Pod pod = Pod("a");

        Status status = Refused(() => _server.Api.Create(pod with { Metadata = pod.Metadata with { ResourceVersion = "1" } }));

        status.Should().Be(new Status { Code = 500, Message = "resourceVersion should not be set on objects to be created" });
    }

    [Test]
    public void A_name_that_is_taken_is_refused()
    {
        _server.Api.Create(Service("a"));

        Refused(() => _server.Api.Create(Service("a"))).Should().Be(new Status
        {
            Code = 409,
            Reason = "AlreadyExists",
            Message = "services \"a\" already exists",
            Details = new() { Name = "a", Kind = "services" },
        });
    }

    [Test]
    public void A_name_whose_object_is_still_going_is_refused_in_other_words()
    {
        _server.Api.Create(Namespace("crudns"));
        _server.Api.Delete<Namespace>("crudns");

        Refused(() => _server.Api.Create(Namespace("crudns"))).Message.Should().Be("object is being deleted: namespaces \"crudns\" already exists");
    }

    [Test]
    public void A_namespaced_object_without_a_namespace_goes_to_default_and_a_cluster_wide_one_loses_its_namespace()
    {
        _server.Api.Create(Pod("a", space: "")).Metadata.Namespace.Should().Be("default");
        _server.Api.Create(new Node { Metadata = new() { Name = "node-1", Namespace = "default" } }).Metadata.Namespace.Should().BeEmpty();
        _server.Api.Find<Pod>("a").Should().NotBeNull();
        _server.Api.Find<Node>("any/node-1").Should().NotBeNull();
    }

    [Test]
    public void Nothing_is_created_in_a_namespace_that_does_not_exist()
    {
        Refused(() => _server.Api.Create(Pod("a", space: "nons"))).Should().Be(new Status
        {
            Code = 404,
            Reason = "NotFound",
            Message = "namespaces \"nons\" not found",
            Details = new() { Name = "nons", Kind = "namespaces" },
        });
    }

    [Test]
    public void Nothing_is_created_in_a_namespace_that_ends()
    {
        _server.Api.Create(Namespace("wire2"));
        _server.Api.Delete<Namespace>("wire2");
        Service service = Service("a");

        Refused(() => _server.Api.Create(service with { Metadata = service.Metadata with { Namespace = "wire2" } })).Should().Be(new Status
        {
            Code = 403,
            Reason = "Forbidden",
            Message = "services \"a\" is forbidden: unable to create new content in namespace wire2 because it is being terminated",
            Details = new()
            {
                Name = "a",
                Kind = "services",
                Causes = [new StatusCause("NamespaceTerminating", "namespace wire2 is being terminated", "metadata.namespace")],
            },
        });
    }

    [Test]
    public void A_namespace_gets_its_label_its_finalizer_and_its_phase()
    {
        Namespace space = _server.Api.Create(Namespace("shop"));

        space.Metadata.Labels["kubernetes.io/metadata.name"].Should().Be("shop");
        space.Spec.Finalizers.Should().Equal("kubernetes");
        space.Status.Phase.Should().Be("Active");
    }

    [Test]
    public void Four_namespaces_exist_from_the_start() =>
        _server.Api.List<Namespace>().Select(space => space.Metadata.Name).Should().Equal("default", "kube-node-lease", "kube-public", "kube-system");

    [Test]
    public void A_generated_name_continues_the_prefix_with_five_unambiguous_letters()
    {
        Pod pod = _server.Api.Create(Generated("web-"));

        pod.Metadata.Name.Should().MatchRegex("^web-[bcdfghjklmnpqrstvwxz2456789]{5}$");
        pod.Metadata.GenerateName.Should().Be("web-");
        _server.Api.Create(Generated(new string('x', 100))).Metadata.Name.Should().HaveLength(63);
    }

    [Test]
    public void The_names_of_one_parent_do_not_depend_on_those_of_another()
    {
        var other = new TestServer();
        other.Api.Create(Generated("other-"));

        string[] alone = [.. Enumerable.Range(0, 5).Select(_ => _server.Api.Create(Generated("web-")).Metadata.Name)];
        string[] beside = [.. Enumerable.Range(0, 5).Select(_ => other.Api.Create(Generated("web-")).Metadata.Name)];

        beside.Should().Equal(alone).And.OnlyHaveUniqueItems();
    }

    [Test]
    public void A_generated_name_that_is_taken_is_drawn_again()
    {
        string taken = new TestServer().Api.Create(Generated("web-")).Metadata.Name;
        _server.Api.Create(Pod(taken));

        _server.Api.Create(Generated("web-")).Metadata.Name.Should().StartWith("web-").And.NotBe(taken);
    }

    [Test]
    public void An_object_needs_a_name() =>
        Refused(() => _server.Api.Create(Generated(""))).Should().Be(new Status
        {
            Code = 422,
            Reason = "Invalid",
            Message = "Pod \"\" is invalid: metadata.name: Required value: name or generateName is required",
            Details = new() { Kind = "Pod", Causes = [new StatusCause("FieldValueRequired", "Required value: name or generateName is required", "metadata.name")] },
        });

    [Test]
    public void A_pod_gets_the_region_and_the_zone_of_its_node()
    {
        _server.Api.Create(new Node { Metadata = new() { Name = "node-1", Labels = [new("topology.kubernetes.io/zone", "a"), new("rack", "7")] } });

        _server.Api.Create(Pod("a", "node-1", labels: new Label("topology.kubernetes.io/zone", "claimed"))).Metadata.Labels.ToString()
            .Should().Be("topology.kubernetes.io/zone=a");
    }

    private static Pod Generated(string prefix)
    {
        Pod pod = Pod("");
        return pod with { Metadata = pod.Metadata with { GenerateName = prefix } };
    }
}
