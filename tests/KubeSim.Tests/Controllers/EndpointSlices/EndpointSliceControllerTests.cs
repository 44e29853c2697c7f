using KubeSim.Api;
using KubeSim.Tests.Proxy;

namespace KubeSim.Tests.Controllers.EndpointSlices;

[TestFixture]
public sealed class EndpointSliceControllerTests
{
    [Test]
    public void A_readiness_flip_writes_one_slice_of_many()
    {
        var world = new ServiceWorld(maxEndpointsPerSlice: 10);
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(95);
        List<string> written = Record(world);

        world.SetReady(42, false);

        written.Should().ContainSingle().Which.Should().StartWith("Modified");
        world.Slices().SelectMany(slice => slice.Endpoints).Where(endpoint => endpoint.Conditions.Ready == false).Should().ContainSingle(endpoint => endpoint.TargetRef!.Name == "web-42");
    }

    [Test]
    public void Pods_created_at_one_instant_are_written_together()
    {
        var world = new ServiceWorld(maxEndpointsPerSlice: 10);
        world.CreateService(EndpointObjects.Service());
        List<string> written = Record(world);

        world.CreatePods(30);

        written.Should().HaveCount(3, "the placeholder is filled and two slices are new");
    }

    [Test]
    public void The_order_of_service_and_pods_does_not_matter()
    {
        var early = new ServiceWorld();
        early.CreateService(EndpointObjects.Service());
        early.CreatePods(3);
        var late = new ServiceWorld();
        late.CreatePods(3);
        late.CreateService(EndpointObjects.Service());

        Addresses(late).Should().Equal(Addresses(early)).And.HaveCount(3);
    }

    [Test]
    public void A_pod_that_loses_its_label_leaves_and_the_one_that_gets_it_comes()
    {
        var world = new ServiceWorld();
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(2);
        world.CreatePods(1, app: "other");

        Relabel(world, 0, "quarantine");
        Relabel(world, 2, "web");

        Addresses(world).Should().Equal("10.244.0.2", "10.244.0.3");
    }

    [Test]
    public void A_deleted_pod_leaves()
    {
        var world = new ServiceWorld();
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(2);

        world.Api.Delete<Pod>(world.Pods[0].Name, new DeleteOptions { GracePeriodSeconds = 0 });
        world.Settle();

        Addresses(world).Should().Equal("10.244.0.2");
    }

    [Test]
    public void A_changed_selector_moves_all_endpoints()
    {
        var world = new ServiceWorld();
        Service service = world.CreateService(EndpointObjects.Service());
        world.CreatePods(2);
        world.CreatePods(1, app: "other");

        world.Api.Replace(service with { Spec = service.Spec with { Selector = LabelSet.Of("app", "other") } });
        world.Settle();

        Addresses(world).Should().Equal("10.244.0.3");
    }

    [Test]
    public void Slices_that_others_change_or_delete_are_put_right()
    {
        var world = new ServiceWorld();
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(2);

        EndpointSlice slice = world.Slices().Single();
        world.Api.Replace(slice with { Endpoints = [] });
        world.Settle();
        Addresses(world).Should().HaveCount(2);

        world.Api.Delete<EndpointSlice>(slice.Name);
        world.Settle();
        Addresses(world).Should().HaveCount(2);
    }

    [Test]
    public void Slices_of_others_are_left_alone()
    {
        var world = new ServiceWorld();
        world.CreateService(EndpointObjects.Service());
        var foreign = new EndpointSlice
        {
            Metadata = new() { Name = "mine", Namespace = "default", Labels = LabelSet.Of("kubernetes.io/service-name", "web") },
            AddressType = "IPv4",
        };

        EndpointSlice created = world.Api.Create(foreign);
        world.CreatePods(1);

        world.Api.Get<EndpointSlice>(created.Name).Should().Be(created);
    }

    [Test]
    public void A_pod_comes_in_when_its_node_becomes_known()
    {
        var world = new ServiceWorld(nodes: 1);
        world.CreateService(EndpointObjects.Service());
        Pod pod = EndpointObjects.Pod("web-9", "10.244.0.9", "node-late");
        world.Api.ReplaceStatus(world.Api.Create(pod) with { Status = pod.Status });
        world.Settle();
        Addresses(world).Should().BeEmpty();

        world.Api.Create(EndpointObjects.Node("node-late"));
        world.Settle();

        Addresses(world).Should().Equal("10.244.0.9");
    }

    [Test]
    public void A_zone_that_a_node_gets_later_is_taken_along_by_the_next_sync()
    {
        var world = new ServiceWorld(nodes: 1);
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(2);

        Node node = world.Api.Get<Node>(NamespacedName.Parse("node-1"));
        world.Api.Replace(node with { Metadata = node.Metadata with { Labels = LabelSet.Of("topology.kubernetes.io/zone", "zone-z") } });
        world.Settle();
        world.Slices().Single().Endpoints.Should().OnlyContain(endpoint => endpoint.Zone == "zone-a");

        world.SetReady(0, false);
        world.Slices().Single().Endpoints.Should().OnlyContain(endpoint => endpoint.Zone == "zone-z");
    }

    [Test]
    public void A_controller_that_starts_late_takes_over_what_is_there()
    {
        var world = new ServiceWorld();
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(3);
        world.Controller.Dispose();
        world.Selected.Dispose();
        List<string> written = Record(world);

        var selected = new KubeSim.Controllers.EndpointSlices.SelectedPods(world.Api);
        using var controller = new KubeSim.Controllers.EndpointSlices.EndpointSliceController(world.Api, selected, world.Queue, world.Log);
        selected.Start();
        world.Settle();
        written.Should().BeEmpty("everything is right already");

        world.SetReady(1, false);
        written.Should().ContainSingle();
    }

    [Test]
    public void Changes_count_after_the_watchs_delay()
    {
        var world = new ServiceWorld(controllerDelay: TimeSpan.FromMilliseconds(10));
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(2);
        world.Queue.AdvanceTo(TimeSpan.FromSeconds(1));
        Addresses(world).Should().HaveCount(2);

        for (int i = 0; i < 5; i++)
        {
            world.SetReady(0, i % 2 == 0);
            world.SetReady(1, i % 2 == 1);
            world.Queue.AdvanceTo(TimeSpan.FromMilliseconds(1003 + (i * 4)));
        }

        world.Queue.AdvanceTo(TimeSpan.FromSeconds(2));
        world.Slices().Single().Endpoints.Select(endpoint => endpoint.Conditions.Ready).Should().Equal(true, false);
    }

    private static List<string> Record(ServiceWorld world)
    {
        var written = new List<string>();
        bool isListed = false;
        world.Api.Subscribe<EndpointSlice>(change =>
        {
            if (isListed)
            {
                written.Add($"{change.Type} {change.Object.Name}");
            }
        });
        isListed = true;
        return written;
    }

    private static string[] Addresses(ServiceWorld world) =>
        [.. world.Slices().SelectMany(slice => slice.Endpoints).Select(endpoint => endpoint.Addresses[0]).Order(StringComparer.Ordinal)];

    private static void Relabel(ServiceWorld world, int pod, string app)
    {
        Pod now = world.Api.Get<Pod>(world.Pods[pod].Name);
        world.Api.Replace(now with { Metadata = now.Metadata with { Labels = LabelSet.Of("app", app) } });
        world.Settle();
    }
}
