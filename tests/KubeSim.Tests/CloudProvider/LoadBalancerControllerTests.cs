using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.CloudProvider;

namespace KubeSim.Tests.CloudProvider;

public sealed class LoadBalancerControllerTests
{
    private const string Pool = "198.51.100.1-198.51.100.254";

    [Test]
    public void A_service_of_type_LoadBalancer_gets_the_first_free_address_and_a_finalizer()
    {
        var cloud = new TestCloud(Pool);

        Service web = cloud.Create("web");

        web.Status.LoadBalancer.Ingress.Should().Equal(new LoadBalancerIngress { IP = "198.51.100.1", IPMode = "VIP" });
        web.Metadata.Finalizers.Should().Equal("service.kubernetes.io/load-balancer-cleanup");
        cloud.Controller.WhyPending(web).Should().BeNull();
        cloud.Create("shop");
        cloud.Address("shop").Should().Be("198.51.100.2");
    }

    [Test]
    public void The_load_balancer_answers_on_every_port_and_sends_to_every_node()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("web", spec => spec with { Ports = [new() { Name = "a", Port = 80 }, new() { Name = "b", Port = 53, Protocol = "UDP" }] });

        cloud.Members("198.51.100.1:80").Should().Be("n1 n2");
        cloud.Members("198.51.100.1:53", TransportProtocol.Udp).Should().Be("n1 n2");
        cloud.Members("198.51.100.1:53").Should().BeNull();
        cloud.AddNode("n0");
        cloud.Members("198.51.100.1:80").Should().Be("n0 n1 n2");
    }

    [Test]
    public void A_service_with_a_load_balancer_class_is_somebody_elses()
    {
        var cloud = new TestCloud(Pool);

        Service web = cloud.Create("web", spec => spec with { LoadBalancerClass = "example.com/x" });

        web.Metadata.Finalizers.IsEmpty.Should().BeTrue();
        cloud.Address("web").Should().BeEmpty();
        cloud.Controller.WhyPending(web)!.Field.Should().Be("spec.loadBalancerClass");
    }

    [Test]
    public void Without_a_provider_a_service_stays_pending()
    {
        var cloud = new TestCloud();

        Service web = cloud.Create("web");

        web.Metadata.Finalizers.IsEmpty.Should().BeTrue();
        cloud.Controller.WhyPending(web)!.Reason.Should().Be("NoProvider");
    }

    [Test]
    public void Other_types_of_services_have_nothing_to_do_with_it()
    {
        var cloud = new TestCloud(Pool);

        Service web = cloud.Create("web", spec => spec with { Type = ServiceType.NodePort });

        web.Metadata.Finalizers.IsEmpty.Should().BeTrue();
        cloud.Controller.WhyPending(web).Should().BeNull();
    }

    [Test]
    public void A_service_keeps_its_address_while_it_changes()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("a");
        cloud.Create("b");
        cloud.Delete("a");

        cloud.Change("b", service => service with { Spec = service.Spec with { Ports = [service.Spec.Ports[0] with { Port = 8080 }] } });

        cloud.Address("b").Should().Be("198.51.100.2");
        cloud.Members("198.51.100.2:80").Should().BeNull();
        cloud.Members("198.51.100.2:8080").Should().Be("n1 n2");
    }

    [Test]
    public void A_deleted_service_gives_its_address_back_and_goes()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("web");

        cloud.Delete("web");

        cloud.Api.Find<Service>(new("default", "web")).Should().BeNull();
        cloud.Members("198.51.100.1:80").Should().BeNull();
        cloud.Create("next");
        cloud.Address("next").Should().Be("198.51.100.1");
    }

    [Test]
    public void A_deleted_service_lingers_until_the_cloud_has_answered()
    {
        var cloud = new TestCloud(0.5, Pool);
        cloud.Create("web");
        cloud.Advance(1);
        cloud.Address("web").Should().Be("198.51.100.1");

        cloud.Delete("web");
        cloud.Service("web").Metadata.DeletionTimestamp.Should().NotBeNull();
        cloud.Advance(0.5);
        cloud.Api.Find<Service>(new("default", "web")).Should().BeNull();
    }

    [Test]
    public void A_service_that_changes_its_type_loses_address_status_and_finalizer()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("web");

        Service web = cloud.Change("web", service => service with { Spec = service.Spec with { Type = ServiceType.ClusterIP } });

        web.Metadata.Finalizers.IsEmpty.Should().BeTrue();
        web.Status.LoadBalancer.Ingress.IsEmpty.Should().BeTrue();
        cloud.Members("198.51.100.1:80").Should().BeNull();
        cloud.Create("next");
        cloud.Address("next").Should().Be("198.51.100.1");
    }

    [Test]
    public void A_service_of_the_same_name_is_another_service()
    {
        var cloud = new TestCloud(0.5, Pool);
        cloud.Create("web");
        cloud.Advance(1);
        Service old = cloud.Service("web");
        cloud.Api.Replace(LoadBalancerReconciler.WithoutFinalizer(old));
        cloud.Delete("web");

        cloud.Create("web", spec => spec with { Ports = [new() { Port = 81 }] });
        cloud.Advance(1);

        cloud.Address("web").Should().Be("198.51.100.1");
        cloud.Members("198.51.100.1:80").Should().BeNull();
        cloud.Members("198.51.100.1:81").Should().Be("n1 n2");
    }

    [Test]
    public void When_the_pool_is_exhausted_a_service_is_pending_until_an_address_is_free()
    {
        var cloud = new TestCloud("198.51.100.1-198.51.100.1");
        cloud.Create("a");

        Service b = cloud.Create("b");
        b.Status.LoadBalancer.Ingress.IsEmpty.Should().BeTrue();
        cloud.Controller.WhyPending(b).Should().Be(new PendingReason("AllocationFailed", "Failed to allocate IP for \"default/b\": no available IPs"));

        cloud.Delete("a");
        cloud.Address("b").Should().Be("198.51.100.1");
        cloud.Controller.WhyPending(cloud.Service("b")).Should().BeNull();
    }

    [Test]
    public void A_requested_address_is_given_when_it_is_free()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("a", spec => spec with { LoadBalancerIP = "198.51.100.7" });
        cloud.Create("b", annotations: LabelSet.Of("metallb.io/loadBalancerIPs", "198.51.100.8"));
        cloud.Create("c", annotations: LabelSet.Of("metallb.universe.tf/loadBalancerIPs", "198.51.100.9"));

        new[] { "a", "b", "c" }.Select(cloud.Address).Should().Equal("198.51.100.7", "198.51.100.8", "198.51.100.9");
    }

    [Test]
    public void A_requested_address_that_is_taken_or_not_of_the_pool_leaves_the_service_pending()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("a");
        Service taken = cloud.Create("b", spec => spec with { LoadBalancerIP = "198.51.100.1" });
        Service foreign = cloud.Create("c", annotations: LabelSet.Of("metallb.io/loadBalancerIPs", "203.0.113.1"));

        cloud.Controller.WhyPending(taken).Should().Be(new PendingReason(
            "AllocationFailed", "Failed to allocate IP for \"default/b\": can't change sharing key for \"default/b\", address also in use by default/a", "spec.loadBalancerIP"));
        cloud.Controller.WhyPending(foreign).Should().Be(new PendingReason(
            "AllocationFailed", "Failed to allocate IP for \"default/c\": [\"203.0.113.1\"] is not allowed in config", "metadata.annotations[metallb.io/loadBalancerIPs]"));

        cloud.Delete("a");
        cloud.Address("b").Should().Be("198.51.100.1");
    }

    [Test]
    public void A_service_that_asks_for_another_address_moves_there()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("web");

        cloud.Change("web", service => service with { Spec = service.Spec with { LoadBalancerIP = "198.51.100.50" } });

        cloud.Address("web").Should().Be("198.51.100.50");
        cloud.Members("198.51.100.1:80").Should().BeNull();
        cloud.Members("198.51.100.50:80").Should().Be("n1 n2");
    }

    [Test]
    public void A_provider_that_starts_later_keeps_the_addresses_that_services_have()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("a");
        cloud.Create("z");
        cloud.Delete("a");
        cloud.Controller.Dispose();
        cloud.Create("b");

        cloud.Restarted("198.51.100.2-198.51.100.9");

        cloud.Address("z").Should().Be("198.51.100.2");
        cloud.Address("b").Should().Be("198.51.100.3");
    }

    [Test]
    public void Nodes_that_are_not_ready_cordoned_or_control_plane_stay_members_and_excluded_ones_do_not()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("web");
        cloud.AddNode("cordoned", node => node with { Spec = node.Spec with { Unschedulable = true } });
        cloud.AddNode("cp", node => Labelled(node, "node-role.kubernetes.io/control-plane", ""));
        cloud.AddNode("excluded", node => Labelled(node, LoadBalancerReconciler.ExcludeLabel, ""));
        cloud.AddNode("included", node => Labelled(node, LoadBalancerReconciler.ExcludeLabel, "false"));
        cloud.AddNode("notready", node => Readied(node, "False"));

        cloud.Members("198.51.100.1:80").Should().Be("cordoned cp included n1 n2 notready");
    }

    [Test]
    public void A_node_that_is_excluded_later_or_deleted_leaves()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("web");

        cloud.Change("n1", node => Labelled(node, LoadBalancerReconciler.ExcludeLabel, "true"));
        cloud.Members("198.51.100.1:80").Should().Be("n2");
        cloud.Do(api => api.Delete<Node>(new NamespacedName("", "n2")));
        cloud.Members("198.51.100.1:80").Should().Be("");
    }

    [Test]
    public void A_node_that_nobody_hears_from_fails_its_health_check_and_comes_back()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("web");

        cloud.Change("n1", node => Readied(node, "Unknown"));
        cloud.Members("198.51.100.1:80").Should().Be("n2");
        cloud.Change("n1", node => Readied(node, "True"));
        cloud.Members("198.51.100.1:80").Should().Be("n1 n2");
    }

    [Test]
    public void A_node_that_the_autoscaler_removes_gets_no_more_traffic()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("web");

        cloud.Change("n1", node => node with { Spec = node.Spec with { Taints = [new() { Key = "ToBeDeletedByClusterAutoscaler", Effect = "NoSchedule" }] } });

        cloud.Members("198.51.100.1:80").Should().Be("n2");
    }

    [Test]
    public void With_the_local_policy_only_nodes_with_ready_endpoints_get_traffic()
    {
        var cloud = new TestCloud(Pool);
        cloud.AddNode("n3");
        cloud.Create("web", spec => spec with { ExternalTrafficPolicy = TrafficPolicy.Local });
        cloud.Members("198.51.100.1:80").Should().Be("", "there is no endpoint");

        cloud.Slice("web-1", "web", ("n1", true, false), ("n2", false, false));
        cloud.Members("198.51.100.1:80").Should().Be("n1");
        cloud.Slice("web-2", "web", ("n3", true, false), ("n1", true, false));
        cloud.Members("198.51.100.1:80").Should().Be("n1 n3");
        cloud.Slice("web-1", "web", ("n1", false, true), ("n2", true, false));
        cloud.Members("198.51.100.1:80").Should().Be("n1 n2 n3", "the other endpoint on n1 is ready");
        cloud.Do(api => api.Delete<EndpointSlice>(new NamespacedName("default", "web-2")));
        cloud.Members("198.51.100.1:80").Should().Be("n2");
    }

    [Test]
    public void When_the_policy_changes_the_members_do()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("web");
        cloud.Slice("web-1", "web", ("n2", true, false));
        Service Policy(string policy) => cloud.Change("web", service => service with { Spec = service.Spec with { ExternalTrafficPolicy = policy } });

        Policy(TrafficPolicy.Local);
        cloud.Members("198.51.100.1:80").Should().Be("n2");
        Policy(TrafficPolicy.Cluster);
        cloud.Slice("web-1", "web", ("n1", true, false));
        cloud.Members("198.51.100.1:80").Should().Be("n1 n2");
        Policy(TrafficPolicy.Local);
        cloud.Members("198.51.100.1:80").Should().Be("n1");
    }

    [Test]
    public void One_services_change_leaves_the_others_frontends_as_they_are()
    {
        var cloud = new TestCloud(Pool);
        cloud.Create("a");
        cloud.Create("b");
        var before = cloud.Network.LoadBalancers.Find(IpPort.Parse("198.51.100.1:80"), TransportProtocol.Tcp);

        cloud.Change("b", service => service with { Spec = service.Spec with { Ports = [service.Spec.Ports[0] with { Port = 81 }] } });

        cloud.Network.LoadBalancers.Find(IpPort.Parse("198.51.100.1:80"), TransportProtocol.Tcp).Should().BeSameAs(before);
    }

    private static Node Labelled(Node node, string key, string value) =>
        node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.With(key, value) } };

    private static Node Readied(Node node, string status) => node with
    {
        Status = node.Status with { Conditions = [.. node.Status.Conditions.Select(condition => condition.Type == "Ready" ? condition with { Status = status } : condition)] },
    };
}
