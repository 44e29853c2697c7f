using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Kubelet;
using KubeSim.Simulation;
using KubeSim.Tests.ApiServer;

namespace KubeSim.Tests.Kubelet;

/// <summary>A server, a network and nodes in them; kubelets as the test wants them.</summary>
internal sealed class TestNode
{
    private readonly TestServer _server = new();

    public TestNode(params string[] podCidrs)
    {
        Network = new Network(_server.Queue, _server.Log, new DeterministicRandom(7));
        AddNode("node-1", "192.168.0.1", podCidrs.Length == 0 ? ["10.244.1.0/24"] : podCidrs);
    }

    public KubeApiServer Api => _server.Api;

    public EventQueue Queue => _server.Queue;

    public VirtualClock Clock => _server.Clock;

    public RunLog Log => _server.Log;

    public Network Network { get; }

    public void AddNode(string name, string address, params string[] podCidrs)
    {
        var registration = new NodeRegistration(name) { Addresses = [IpAddress.Parse(address)], PodCidrs = podCidrs.Select(Cidr.Parse).ToEquatableArray() };
        Network.AddNode(name, registration.Addresses, registration.PodCidrs, null);
        Api.Create(registration.ToNode(Clock.GetUtcNow()));
    }

    public KubeletAgent Kubelet(string name = "node-1", double watchDelay = 0, double startDelay = 0, double terminationDelay = 0) =>
        new(name, Api, Network, Queue, Log, TimeSpan.FromSeconds(watchDelay), TimeSpan.FromSeconds(startDelay)) { TerminationDelay = TimeSpan.FromSeconds(terminationDelay) };

    public Pod Run(string name, Func<Pod, Pod>? change = null)
    {
        Pod pod = TestServer.Pod(name, "node-1");
        Api.Create(change is null ? pod : change(pod));
        Queue.RunDue();
        return Pod(name)!;
    }

    public Pod? Pod(string name) => Api.Find<Pod>(new NamespacedName("default", name));

    public void Delete(string name, long? grace = null)
    {
        Api.Delete<Pod>(new NamespacedName("default", name), new DeleteOptions { GracePeriodSeconds = grace });
        Queue.RunDue();
    }

    public void Advance(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    public static Pod WithPorts(Pod pod, params ContainerPort[] ports) =>
        pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Ports = [.. ports] }] } };
}
