using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Kubelet;
using KubeSim.Tracing;

namespace KubeSim.Tests.Kubelet;

public sealed class KubeletAgentTests
{
    private static readonly NamespacedName Web = new("default", "web");

    [Test]
    public void A_bound_pod_becomes_running_and_ready_with_an_address_of_its_node()
    {
        var node = new TestNode();
        node.Kubelet();

        Pod pod = node.Run("web");

        pod.Status.Phase.Should().Be(PodPhase.Running);
        pod.Status.PodIP.Should().Be("10.244.1.2");
        pod.Status.PodIPs.Select(ip => ip.IP).Should().Equal("10.244.1.2");
        pod.Status.HostIP.Should().Be("192.168.0.1");
        pod.Status.HostIPs.Select(ip => ip.IP).Should().Equal("192.168.0.1");
        pod.Status.StartTime.Should().Be(node.Clock.GetUtcNow());
        pod.Status.Conditions.Select(condition => condition.Type).Should().Equal("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled");
        pod.Status.Conditions.Should().OnlyContain(condition => condition.Status == "True" && condition.LastTransitionTime == node.Clock.GetUtcNow());
        pod.Status.ContainerStatuses.Should().ContainSingle().Which.Should().Match<ContainerStatus>(c => c.Name == "app" && c.Ready == true && c.Started == true && c.RestartCount == 0);
    }

    [Test]
    public void Without_delays_the_kubelet_writes_a_pod_once()
    {
        var node = new TestNode();
        node.Kubelet();
        int changes = 0;
        using IDisposable watch = node.Api.Subscribe<Pod>(_ => changes++);

        node.Run("web");

        changes.Should().Be(2, "one is its creation");
    }

    [Test]
    public void A_pod_of_another_node_is_left_alone()
    {
        var node = new TestNode();
        node.AddNode("node-2", "192.168.0.2", "10.244.2.0/24");
        node.Kubelet("node-2");

        node.Run("web").Status.PodIP.Should().BeNull();
    }

    [Test]
    public void A_pod_that_is_bound_later_starts_then()
    {
        var node = new TestNode();
        node.Kubelet();
        node.Run("web", pod => pod with { Spec = pod.Spec with { NodeName = null } }).Status.PodIP.Should().BeNull();

        node.Api.Bind(Web, "node-1");
        node.Queue.RunDue();

        node.Pod("web")!.Status.Phase.Should().Be(PodPhase.Running);
    }

    [Test]
    public void A_running_pod_answers_on_its_declared_ports_and_on_no_other()
    {
        var node = new TestNode();
        KubeletAgent kubelet = node.Kubelet();
        node.Run("web", pod => TestNode.WithPorts(pod, new() { Port = 8080 }, new() { Port = 53, Protocol = "UDP" }));
        node.Run("client");
        Sender client = kubelet.AttachmentOf(new("default", "client"))!.Sender;

        ConnectionOutcome To(string target, TransportProtocol protocol) => node.Network.Open(client, IpPort.Parse(target), protocol).Outcome;
        To("10.244.1.2:8080", TransportProtocol.Tcp).Should().Be(ConnectionOutcome.Established);
        To("10.244.1.2:53", TransportProtocol.Udp).Should().Be(ConnectionOutcome.Established);
        To("10.244.1.2:53", TransportProtocol.Tcp).Should().Be(ConnectionOutcome.Refused);
        To("10.244.1.2:80", TransportProtocol.Tcp).Should().Be(ConnectionOutcome.Refused);
        To("10.244.1.3:4711", TransportProtocol.Tcp).Should().Be(ConnectionOutcome.Established, "client declares no ports");
    }

    [Test]
    public void Ports_of_a_sidecar_are_open_and_ports_of_an_init_container_are_not()
    {
        var node = new TestNode();
        KubeletAgent kubelet = node.Kubelet();
        Container Init(string name, int port, string? restart) => new()
        {
            Name = name,
            Image = "i",
            Ports = [new() { Port = port }],
            Carried = restart is null ? default : new([new("restartPolicy", JsonValue.OfText(restart))]),
        };
        Pod pod = node.Run("web", pod => pod with { Spec = pod.Spec with { InitContainers = [Init("setup", 1000, null), Init("proxy", 15001, "Always")] } });

        PodAttachment web = kubelet.AttachmentOf(Web)!;

        web.ListensOn(TransportProtocol.Tcp, 15001).Should().BeTrue();
        web.ListensOn(TransportProtocol.Tcp, 1000).Should().BeFalse();
        pod.Status.Conditions.Should().OnlyContain(condition => condition.Status == "True");
    }

    [Test]
    public void A_pod_on_the_host_network_has_its_nodes_address_and_takes_none_of_the_pool()
    {
        var node = new TestNode();
        KubeletAgent kubelet = node.Kubelet();

        node.Run("host", pod => pod with { Spec = pod.Spec with { HostNetwork = true } }).Status.PodIP.Should().Be("192.168.0.1");
        node.Run("web").Status.PodIP.Should().Be("10.244.1.2");
        kubelet.AttachmentOf(new("default", "host"))!.IsHostNetwork.Should().BeTrue();
    }

    [Test]
    public void A_dual_stack_node_gives_one_address_per_family()
    {
        var node = new TestNode("10.244.1.0/24", "fd00:10:244:1::/64");
        node.Kubelet();

        Pod pod = node.Run("web");

        pod.Status.PodIP.Should().Be("10.244.1.2");
        pod.Status.PodIPs.Select(ip => ip.IP).Should().Equal("10.244.1.2", "fd00:10:244:1::2");
    }

    [Test]
    public void A_pod_without_a_free_address_stays_ContainerCreating_until_one_is_free()
    {
        var node = new TestNode("10.244.1.0/30");
        node.Kubelet();
        node.Run("a").Status.PodIP.Should().Be("10.244.1.2");

        Pod waiting = node.Run("b");
        waiting.Status.Phase.Should().Be(PodPhase.Pending);
        waiting.Status.ContainerStatuses[0].Carried["state"]!["waiting"]!["reason"]!.Text.Should().Be("ContainerCreating");
        PodReadiness.IsReady(waiting).Should().BeFalse();

        node.Delete("a");
        node.Pod("b")!.Status.PodIP.Should().Be("10.244.1.2");
    }

    [Test]
    public void With_a_start_delay_a_pod_is_pending_first_and_gets_its_address_when_it_starts()
    {
        var node = new TestNode();
        node.Kubelet(watchDelay: 0.01, startDelay: 3);
        node.Run("web").Status.StartTime.Should().BeNull();

        node.Advance(0.01);
        Pod pending = node.Pod("web")!;
        pending.Status.Phase.Should().Be(PodPhase.Pending);
        pending.Status.HostIP.Should().Be("192.168.0.1");
        pending.Status.PodIP.Should().BeNull();
        DateTimeOffset start = pending.Status.StartTime!.Value;

        node.Advance(2.99);
        node.Pod("web")!.Status.Phase.Should().Be(PodPhase.Pending);
        node.Advance(0.01);
        node.Pod("web")!.Status.Phase.Should().Be(PodPhase.Running);
        node.Pod("web")!.Status.StartTime.Should().Be(start);
        node.Pod("web")!.Status.Conditions.Single(condition => condition.Type == "Ready").LastTransitionTime.Should().Be(node.Clock.GetUtcNow());
    }

    [Test]
    public void Pods_that_start_at_one_instant_share_their_conditions_and_container_states()
    {
        var node = new TestNode();
        node.Kubelet();

        Pod first = node.Run("a");
        Pod second = node.Run("b");

        second.Status.Conditions[2].Should().BeSameAs(first.Status.Conditions[2]);
        second.Status.ContainerStatuses[0].Should().BeSameAs(first.Status.ContainerStatuses[0]);
        node.Advance(1);
        node.Run("c").Status.Conditions[2].LastTransitionTime.Should().Be(node.Clock.GetUtcNow(), "it is another instant");
    }

    [Test]
    public void A_kubelet_that_starts_later_takes_over_the_pods_that_run_with_their_addresses()
    {
        var node = new TestNode();
        KubeletAgent kubelet = node.Kubelet();
        node.Run("a");
        node.Run("z");
        kubelet.Stop();
        kubelet.AttachmentOf(new("default", "z")).Should().BeNull();
        node.Run("b").Status.PodIP.Should().BeNull();

        kubelet.Start();
        node.Queue.RunDue();

        node.Pod("a")!.Status.PodIP.Should().Be("10.244.1.2");
        node.Pod("z")!.Status.PodIP.Should().Be("10.244.1.3");
        node.Pod("b")!.Status.PodIP.Should().Be("10.244.1.4");
        kubelet.AttachmentOf(new("default", "z"))!.Addresses.Single().ToString().Should().Be("10.244.1.3");
    }
}
