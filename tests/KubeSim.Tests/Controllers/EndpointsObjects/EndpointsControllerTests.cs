using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Controllers.EndpointsObjects;
using KubeSim.Simulation;
using KubeSim.Tests.ApiServer;
using KubeSim.Tests.Controllers.EndpointSlices;

namespace KubeSim.Tests.Controllers.EndpointsObjects;

[TestFixture]
public sealed class EndpointsControllerTests
{
    private TestServer _server = null!;
    private SelectedPods _selected = null!;
    private EndpointsController _controller = null!;

    [SetUp]
    public void SetUp()
    {
        _server = new TestServer();
        _selected = new SelectedPods(_server.Api);
        _controller = new EndpointsController(_server.Api, _selected, _server.Queue, _server.Log);
        _selected.Start();
    }

    [TearDown]
    public void TearDown()
    {
        _controller.Dispose();
        _selected.Dispose();
    }

    [Test]
    public void Ready_and_unready_addresses_stand_apart_and_are_sorted_by_text()
    {
        Create(EndpointObjects.Service());
        Create("web-1", "10.1.0.2");
        Create("web-2", "10.1.0.10");
        Create("web-3", "10.1.0.1", isReady: false);

        EndpointSubset subset = Web()!.Subsets.Should().ContainSingle().Subject;
        subset.Addresses.Select(address => address.IP).Should().Equal("10.1.0.10", "10.1.0.2");
        subset.NotReadyAddresses.Select(address => address.IP).Should().Equal("10.1.0.1");
        subset.Ports.Should().Equal(new EndpointPort { Name = "http", Port = 8080, Protocol = "TCP" });
        Web()!.Metadata.Labels["endpoints.kubernetes.io/managed-by"].Should().Be("endpoint-controller");
    }

    [Test]
    public void A_terminating_pod_is_left_out_although_it_serves()
    {
        Create(EndpointObjects.Service());
        Pod pod = Create("web-1", "10.1.0.1");

        _server.Api.Delete<Pod>(pod.Name);
        _server.Queue.RunDue();

        Web()!.Subsets.Should().BeEmpty();
    }

    [Test]
    public void The_object_goes_with_its_service()
    {
        Create(EndpointObjects.Service());
        Web().Should().NotBeNull();

        _server.Api.Delete<Service>(NamespacedName.Parse("default/web"));
        _server.Queue.RunDue();

        Web().Should().BeNull();
    }

    [Test]
    public void An_object_that_somebody_changed_is_put_right_and_keeps_its_annotations()
    {
        Create(EndpointObjects.Service());
        Create("web-1", "10.1.0.1");

        Endpoints web = Web()!;
        _server.Api.Replace(web with { Subsets = [], Metadata = web.Metadata with { Annotations = LabelSet.Of("mine", "yes") } });
        _server.Queue.RunDue();

        Web()!.Subsets.Should().ContainSingle();
        Web()!.Metadata.Annotations["mine"].Should().Be("yes");
    }

    [Test]
    public void A_service_without_a_selector_has_no_object()
    {
        Service service = EndpointObjects.Service();
        Create(service with { Spec = service.Spec with { Selector = default } });

        Web().Should().BeNull();
    }

    [Test]
    public void A_pod_that_does_not_have_the_named_port_is_left_out()
    {
        Service service = EndpointObjects.Service();
        Create(service with { Spec = service.Spec with { Ports = [service.Spec.Ports[0] with { TargetPort = "main" }] } });
        Create("web-1", "10.1.0.1");

        Web()!.Subsets.Should().BeEmpty();
    }

    [Test]
    public void An_object_over_capacity_is_written_at_most_once_a_second()
    {
        Create(EndpointObjects.Service());
        for (int i = 0; i < 1100; i++)
        {
            Pod pod = EndpointObjects.Pod($"web-{i}", EndpointObjects.Ip(i));
            _server.Api.ReplaceStatus(_server.Api.Create(pod) with { Status = pod.Status });
        }

        _server.Queue.RunDue();
        Web()!.Metadata.Annotations["endpoints.kubernetes.io/over-capacity"].Should().Be("truncated");
        Web()!.Subsets[0].Addresses.Length.Should().Be(1000);

        Endpoints before = Web()!;
        Pod first = _server.Api.Get<Pod>(NamespacedName.Parse("default/web-0"));
        _server.Api.ReplaceStatus(first.With(false));
        _server.Queue.RunDue();
        Web().Should().BeSameAs(before);
        _server.Queue.AdvanceTo(TimeSpan.FromSeconds(1));
        Web()!.Subsets[0].Addresses.Should().NotContain(address => address.TargetRef!.Name == "web-0");
    }

    [TestCase(1500, 100, "1000/0")]
    [TestCase(900, 200, "900/100")]
    [TestCase(900, 100, "900/100")]
    public void Ready_addresses_are_kept_first(int ready, int notReady, string kept)
    {
        EquatableArray<EndpointSubset> subsets = [new() { Addresses = Addresses(ready), NotReadyAddresses = Addresses(notReady) }];

        EquatableArray<EndpointSubset> truncated = EndpointsCapacity.Truncate(subsets, 1000, out bool isTruncated);

        $"{truncated[0].Addresses.Length}/{truncated[0].NotReadyAddresses.Length}".Should().Be(kept);
        isTruncated.Should().Be(ready + notReady > 1000);
    }

    [Test]
    public void Subsets_are_cut_in_proportion()
    {
        EquatableArray<EndpointSubset> subsets = [new() { Addresses = Addresses(1000) }, new() { Addresses = Addresses(501) }, new() { Addresses = Addresses(499) }];

        EndpointsCapacity.Truncate(subsets, 1000, out _).Select(subset => subset.Addresses.Length).Should().Equal(500, 251, 249);
    }

    [Test]
    public void Members_follow_changes_as_if_made_anew()
    {
        var random = new DeterministicRandom(3);
        var reconciler = new EndpointsReconciler(EndpointObjects.Service());
        var state = new EndpointsState();
        var pods = new SortedDictionary<string, Pod>(StringComparer.Ordinal);
        for (int step = 0; step < 500; step++)
        {
            string name = $"web-{random.NextInt32(12)}";
            if (random.NextInt32(4) == 0)
            {
                pods.Remove(name);
            }
            else
            {
                pods[name] = EndpointObjects.Pod(name, EndpointObjects.Ip(random.NextInt32(8)), isReady: random.NextBoolean());
            }

            state.Set(name, pods.TryGetValue(name, out Pod? pod) ? reconciler.MemberOf(pod) : null);
            var anew = new EndpointsState();
            anew.Fill(pods.Values, reconciler);
            state.Members.Should().Equal(anew.Members);
        }
    }

    private static EquatableArray<EndpointAddress> Addresses(int count) => Enumerable.Range(0, count).Select(number => new EndpointAddress { IP = EndpointObjects.Ip(number) }).ToEquatableArray();

    private Endpoints? Web() => _server.Api.Find<Endpoints>(NamespacedName.Parse("default/web"));

    private void Create(Service service)
    {
        _server.Api.Create(service);
        _server.Queue.RunDue();
    }

    private Pod Create(string name, string ip, bool isReady = true)
    {
        Pod pod = EndpointObjects.Pod(name, ip, isReady: isReady);
        Pod created = _server.Api.ReplaceStatus(_server.Api.Create(pod) with { Status = pod.Status });
        _server.Queue.RunDue();
        return created;
    }
}
