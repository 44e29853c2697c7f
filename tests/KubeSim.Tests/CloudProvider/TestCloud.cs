using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.CloudProvider;
using KubeSim.Dataplane;
using KubeSim.Kubelet;
using KubeSim.Simulation;
using KubeSim.Tests.ApiServer;

namespace KubeSim.Tests.CloudProvider;

/// <summary>A server with nodes, a network, and a provider of load balancers.</summary>
internal sealed class TestCloud
{
    private readonly TestServer _server = new();
    private readonly TimeSpan _watchDelay;

    public TestCloud(double watchDelay, params string[] ranges)
    {
        _watchDelay = TimeSpan.FromSeconds(watchDelay);
        Network = new Network(_server.Queue, _server.Log, new DeterministicRandom(7));
        foreach (string name in new[] { "n1", "n2" })
        {
            AddNode(name);
        }

        Controller = Restarted(ranges);
    }

    public TestCloud(params string[] ranges)
        : this(0, ranges)
    {
    }

    public KubeApiServer Api => _server.Api;

    public VirtualClock Clock => _server.Clock;

    public Network Network { get; }

    public LoadBalancerController Controller { get; private set; }

    public LoadBalancerController Restarted(params string[] ranges)
    {
        Controller?.Dispose();
        Controller = new LoadBalancerController(Api, Network, _server.Queue, _server.Log, AddressPool.Parse(ranges), _watchDelay);
        _server.Queue.RunDue();
        return Controller;
    }

    public void AddNode(string name, Func<Node, Node>? change = null)
    {
        Node node = new NodeRegistration(name).ToNode(Clock.GetUtcNow());
        Do(api => api.Create(change is null ? node : change(node)));
    }

    public Service Create(string name, Func<ServiceSpec, ServiceSpec>? change = null, LabelSet annotations = default)
    {
        ServiceSpec spec = TestServer.Service(name).Spec with { Type = ServiceType.LoadBalancer };
        Do(api => api.Create(new Service { Metadata = new() { Name = name, Annotations = annotations }, Spec = change is null ? spec : change(spec) }));
        return Service(name);
    }

    public Service Change(string name, Func<Service, Service> change)
    {
        Do(api => api.Replace(change(Service(name))));
        return Service(name);
    }

    public void Change(string node, Func<Node, Node> change)
    {
        Node old = Api.Get<Node>(new NamespacedName("", node));
        Node changed = change(old);
        Do(api => api.ReplaceStatus(changed with { Metadata = old.Metadata, Spec = old.Spec }));
        Do(api => api.Replace(changed with { Metadata = changed.Metadata with { ResourceVersion = null } }));
    }

    public void Delete(string service) => Do(api => api.Delete<Service>(new NamespacedName("default", service)));

    public Service Service(string name) => Api.Get<Service>(new NamespacedName("default", name));

    public string Address(string name) => string.Join(',', Service(name).Status.LoadBalancer.Ingress.Select(ingress => ingress.IP));

    /// <summary>The nodes to which a load balancer sends; null where none answers there.</summary>
    public string? Members(string address, TransportProtocol protocol = TransportProtocol.Tcp) =>
        Network.LoadBalancers.Find(IpPort.Parse(address), protocol) is { } frontend ? string.Join(' ', frontend.Members) : null;

    public void Slice(string name, string service, params (string Node, bool Ready, bool Terminating)[] endpoints) => Do(api =>
    {
        var slice = new EndpointSlice
        {
            Metadata = new() { Name = name, Namespace = "default", Labels = LabelSet.Of("kubernetes.io/service-name", service) },
            AddressType = "IPv4",
            Endpoints =
            [
                .. endpoints.Select((endpoint, place) => new Endpoint
                {
                    Addresses = [$"10.244.9.{place + 1}"],
                    NodeName = endpoint.Node,
                    Conditions = new() { Ready = endpoint.Ready, Serving = true, Terminating = endpoint.Terminating },
                }),
            ],
        };
        return api.Find<EndpointSlice>(slice.Name) is null ? api.Create(slice) : api.Replace(slice);
    });

    public void Do(Func<KubeApiServer, object?> action)
    {
        action(Api);
        _server.Queue.RunDue();
    }

    public void Do(Action<KubeApiServer> action)
    {
        action(Api);
        _server.Queue.RunDue();
    }

    public void Advance(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));
}
