using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Controllers.EndpointSlices;
using static KubeSim.Tests.Controllers.EndpointSlices.EndpointObjects;

namespace KubeSim.Tests.Controllers.EndpointSlices;

[TestFixture]
public sealed class EndpointSliceReconcilerTests
{
    private static readonly Node[] Nodes = [Node("node-1", "zone-a"), Node("node-2", "zone-b"), Node("node-3")];

    [Test]
    public void A_ready_pod_is_an_endpoint_with_its_node_zone_and_identity()
    {
        EndpointSlice slice = Slice(Service(), Pod("web-1", "10.1.0.1"));

        slice.AddressType.Should().Be("IPv4");
        slice.Ports.Should().Equal(new EndpointPort { Name = "http", Port = 8080, Protocol = "TCP" });
        slice.Endpoints.Should().Equal(new Endpoint
        {
            Addresses = ["10.1.0.1"],
            Conditions = new() { Ready = true, Serving = true, Terminating = false },
            NodeName = "node-1",
            Zone = "zone-a",
            TargetRef = new() { Kind = "Pod", Namespace = "default", Name = "web-1", Uid = "uid-web-1" },
        });
    }

    [Test]
    public void A_slice_carries_the_labels_of_its_service_and_is_owned_by_it()
    {
        Service service = Service();
        service = service with { Metadata = service.Metadata with { Labels = LabelSet.Parse("tier=front,kubernetes.io/service-name=other") } };

        ObjectMeta meta = Slice(service, Pod("web-1", "10.1.0.1")).Metadata;

        meta.GenerateName.Should().Be("web-");
        meta.Labels.Should().Equal(LabelSet.Parse("tier=front,kubernetes.io/service-name=web,endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io"));
        meta.OwnerReferences.Should().Equal(new OwnerReference { ApiVersion = "v1", Kind = "Service", Name = "web", Uid = "uid-web", Controller = true, BlockOwnerDeletion = true });
    }

    [Test]
    public void A_slice_of_a_headless_service_says_so()
    {
        Service service = Change(Service(), spec => spec with { ClusterIP = "None", ClusterIPs = ["None"] });

        Slice(service, Pod("web-1", "10.1.0.1")).Metadata.Labels["service.kubernetes.io/headless"].Should().BeEmpty();
    }

    [TestCase(true, false, "TTF")]
    [TestCase(false, false, "FFF")]
    [TestCase(true, true, "FTT")]
    [TestCase(false, true, "FFT")]
    public void Conditions_follow_readiness_and_deletion(bool isReady, bool isTerminating, string readyServingTerminating)
    {
        Pod pod = Pod("web-1", "10.1.0.1", isReady: isReady);

        Conditions(Service(), isTerminating ? pod.Terminating() : pod).Should().Be(readyServingTerminating);
    }

    [TestCase(false, false, "TFF")]
    [TestCase(true, true, "TTT")]
    public void Published_addresses_are_always_ready(bool isReady, bool isTerminating, string readyServingTerminating)
    {
        Service service = Change(Service(), spec => spec with { PublishNotReadyAddresses = true });
        Pod pod = Pod("web-1", "10.1.0.1", isReady: isReady);

        Conditions(service, isTerminating ? pod.Terminating() : pod).Should().Be(readyServingTerminating);
    }

    [TestCase("Failed")]
    [TestCase("Succeeded")]
    public void A_pod_that_has_ended_is_no_endpoint(string phase)
    {
        Pod pod = Pod("web-1", "10.1.0.1");

        Slice(Service(), pod with { Status = pod.Status with { Phase = phase } }).Endpoints.Should().BeEmpty();
    }

    [Test]
    public void A_pod_without_an_address_is_no_endpoint()
    {
        Pod pod = Pod("web-1", "10.1.0.1");

        Slice(Service(), pod with { Status = PodStatus.Empty }).Endpoints.Should().BeEmpty();
        Slice(Service(), pod with { Status = pod.Status with { PodIPs = [] } }).Endpoints.Should().BeEmpty("podIP alone says that the Pod belongs, but addresses come from podIPs");
    }

    [Test]
    public void A_pod_on_an_unknown_node_waits_unless_not_ready_addresses_are_published()
    {
        Pod pod = Pod("web-1", "10.1.0.1", node: "gone");
        Service publishing = Change(Service(), spec => spec with { PublishNotReadyAddresses = true });

        Reconcile(Service(), [pod]).WaitingForNode.Should().Equal("web-1");
        Slice(Service(), pod).Endpoints.Should().BeEmpty();
        Slice(publishing, pod).Endpoints.Should().ContainSingle(endpoint => endpoint.Zone == null && endpoint.NodeName == "gone");
    }

    [TestCase("web", "pod-0")]
    [TestCase("other", null)]
    public void The_hostname_counts_only_with_the_service_as_subdomain(string subdomain, string? hostname)
    {
        Pod pod = Pod("web-1", "10.1.0.1");

        Slice(Service(), pod with { Spec = pod.Spec with { Hostname = "pod-0", Subdomain = subdomain } }).Endpoints[0].Hostname.Should().Be(hostname);
    }

    [Test]
    public void A_named_target_port_is_looked_up_in_each_pod_and_groups_pods()
    {
        Service service = Change(Service(), spec => spec with { Ports = [spec.Ports[0] with { TargetPort = "main" }] });
        Pod[] pods = [Named("web-1", 8080), Named("web-2", 9090), Named("web-3", 8080), Pod("web-4", "10.1.0.4")];

        SliceChanges changes = Reconcile(service, pods);

        changes.Creates.Select(slice => (Port: slice.Ports.IsEmpty ? null : slice.Ports[0].Port, Pods: string.Join(' ', slice.Endpoints.Select(endpoint => endpoint.TargetRef!.Name))))
            .Should().BeEquivalentTo(new[] { ((int?)8080, "web-1 web-3"), (9090, "web-2"), (null, "web-4") });
    }

    [Test]
    public void A_sidecar_lends_its_named_port_but_an_ordinary_init_container_does_not()
    {
        Pod pod = Pod("web-1", "10.1.0.1");
        var container = new Container { Name = "side", Ports = [new() { Name = "main", Port = 7000, Protocol = "TCP" }] };
        var restarts = new CarriedFields([new JsonField("restartPolicy", JsonValue.OfText("Always"))]);

        TargetPorts.Find(pod with { Spec = pod.Spec with { InitContainers = [container] } }, "main", "TCP").Should().BeNull();
        TargetPorts.Find(pod with { Spec = pod.Spec with { InitContainers = [container with { Carried = restarts }] } }, "main", "TCP").Should().Be(7000);
        TargetPorts.Find(pod with { Spec = pod.Spec with { Containers = [container] } }, "main", "UDP").Should().BeNull("the protocol must match");
    }

    [Test]
    public void A_dual_stack_service_has_slices_of_both_families()
    {
        Service service = Change(Service(), spec => spec with { IPFamilies = ["IPv4", "IPv6"] });
        Pod pod = Pod("web-1", "10.1.0.1");
        Pod both = pod with { Status = pod.Status with { PodIPs = [new() { IP = "10.1.0.1" }, new() { IP = "FD00::0:1" }] } };

        Reconcile(service, [both]).Creates.Select(slice => (slice.AddressType, slice.Endpoints[0].Addresses[0])).Should().Equal(("IPv4", "10.1.0.1"), ("IPv6", "fd00::1"));
        Reconcile(service, [pod]).Creates.Select(slice => (slice.AddressType, slice.Endpoints.Length, slice.Ports.Length)).Should().Equal(("IPv4", 1, 1), ("IPv6", 0, 0));
    }

    [Test]
    public void Slices_of_a_family_that_is_no_longer_wanted_go()
    {
        EndpointSlice old = Stored("web-6", Service(), "IPv6", []);

        Reconcile(Service(), [], old).Deletes.Should().Equal(old);
    }

    [Test]
    public void A_service_without_endpoints_keeps_one_empty_slice()
    {
        EndpointSlice placeholder = Reconcile(Service(), []).Creates.Single();
        placeholder.Endpoints.Should().BeEmpty();
        placeholder.Ports.Should().BeEmpty();

        EndpointSlice stored = placeholder with { Metadata = placeholder.Metadata with { Name = "web-abcde" } };
        Reconcile(Service(), [], stored).IsEmpty.Should().BeTrue();
        SliceChanges first = Reconcile(Service(), [Pod("web-1", "10.1.0.1")], stored);
        first.Updates.Should().ContainSingle(slice => slice.Metadata.Name == "web-abcde" && slice.Endpoints.Length == 1, "the placeholder becomes the first real slice");
        first.Creates.Should().BeEmpty();
    }

    [Test]
    public void A_slice_of_an_earlier_service_of_the_same_name_is_replaced()
    {
        Service before = Service();
        EndpointSlice old = Stored("web-old", before with { Metadata = before.Metadata with { Uid = "uid-before" } }, "IPv4", []);

        SliceChanges changes = Reconcile(Service(), [Pod("web-1", "10.1.0.1")], old);

        changes.Creates.Should().ContainSingle();
        changes.Deletes.Should().Equal(old);
    }

    [Test]
    public void A_service_that_is_being_deleted_gets_no_new_slices()
    {
        Service service = Service();

        Reconcile(service with { Metadata = service.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } }, [Pod("web-1", "10.1.0.1")]).IsEmpty.Should().BeTrue();
    }

    [Test]
    public void What_is_right_is_not_written()
    {
        Pod[] pods = [Pod("web-1", "10.1.0.1"), Pod("web-2", "10.1.0.2")];
        EndpointSlice slice = Slice(Service(), pods);

        Reconcile(Service(), pods, slice with { Metadata = slice.Metadata with { Name = "web-1" } }).IsEmpty.Should().BeTrue();
    }

    [Test]
    public void Labels_that_others_put_on_a_slice_are_taken_off()
    {
        Pod[] pods = [Pod("web-1", "10.1.0.1")];
        EndpointSlice slice = Slice(Service(), pods);
        EndpointSlice foreign = slice with { Metadata = slice.Metadata with { Name = "web-1", Labels = slice.Metadata.Labels.With("foreign", "yes") } };

        Reconcile(Service(), pods, foreign).Updates.Should().ContainSingle(update => update.Metadata.Labels == slice.Metadata.Labels);
    }

    [TestCase(ServiceType.ExternalName, "app=web", false)]
    [TestCase(ServiceType.ClusterIP, "", false)]
    [TestCase(ServiceType.ClusterIP, "app=web", true)]
    public void Only_services_with_a_selector_and_addresses_have_slices(string type, string selector, bool isFor) =>
        EndpointSliceReconciler.IsFor(Change(Service(), spec => spec with { Type = type, Selector = LabelSet.Parse(selector) })).Should().Be(isFor);

    [TestCase("PreferClose", "zone-a", null)]
    [TestCase("PreferSameZone", "zone-a", null)]
    [TestCase("PreferSameNode", "zone-a", "node-1")]
    [TestCase("Other", null, null)]
    [TestCase(null, null, null)]
    public void Hints_follow_the_traffic_distribution(string? distribution, string? zone, string? node)
    {
        Service service = Change(Service(), spec => spec with { TrafficDistribution = distribution });

        EndpointHints? hints = Slice(service, Pod("web-1", "10.1.0.1")).Endpoints[0].Hints;

        (hints?.ForZones is [var forZone] ? forZone.Name : null).Should().Be(zone);
        (hints?.ForNodes is [var forNode] ? forNode.Name : null).Should().Be(node);
    }

    [Test]
    public void Endpoints_that_are_not_ready_or_have_no_zone_have_no_hint()
    {
        Service service = Change(Service(), spec => spec with { TrafficDistribution = "PreferSameZone" });

        Slice(service, Pod("web-1", "10.1.0.1", isReady: false), Pod("web-2", "10.1.0.2", "node-3")).Endpoints.Should().OnlyContain(endpoint => endpoint.Hints == null);
    }

    [Test]
    public void The_topology_annotation_switches_the_traffic_distribution_off()
    {
        Service service = Change(Service(), spec => spec with { TrafficDistribution = "PreferSameZone" });
        service = service with { Metadata = service.Metadata with { Annotations = LabelSet.Of("service.kubernetes.io/topology-mode", "Auto") } };

        Slice(service, Pod("web-1", "10.1.0.1")).Endpoints[0].Hints.Should().BeNull();
    }

    [Test]
    public void Hints_that_nobody_asks_for_any_more_are_taken_off()
    {
        Pod[] pods = [Pod("web-1", "10.1.0.1")];
        EndpointSlice hinted = Slice(Change(Service(), spec => spec with { TrafficDistribution = "PreferSameZone" }), pods);

        Reconcile(Service(), pods, hinted with { Metadata = hinted.Metadata with { Name = "web-1" } }).Updates.Should().ContainSingle(slice => slice.Endpoints[0].Hints == null);
    }

    private static Pod Named(string name, int port)
    {
        Pod pod = Pod(name, "10.1.0." + name[^1]);
        return pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Ports = [new() { Name = "main", Port = port, Protocol = "TCP" }] }] } };
    }

    private static string Conditions(Service service, Pod pod)
    {
        EndpointConditions conditions = Slice(service, pod).Endpoints[0].Conditions;
        return string.Concat(new[] { conditions.Ready, conditions.Serving, conditions.Terminating }.Select(value => value == true ? "T" : "F"));
    }

    private static Service Change(Service service, Func<ServiceSpec, ServiceSpec> change) => service with { Spec = change(service.Spec) };

    private static EndpointSlice Slice(Service service, params Pod[] pods) => Reconcile(service, pods).Creates.Single();

    private static EndpointSlice Stored(string name, Service service, string family, EquatableArray<EndpointPort> ports)
    {
        EndpointSlice slice = new SliceTemplate(service).New(family, ports, []);
        return slice with { Metadata = slice.Metadata with { Name = name } };
    }

    private static SliceChanges Reconcile(Service service, Pod[] pods, params EndpointSlice[] existing) =>
        new EndpointSliceReconciler(service, name => Array.Find(Nodes, node => node.Metadata.Name == name), 100).Reconcile(pods, existing);
}
