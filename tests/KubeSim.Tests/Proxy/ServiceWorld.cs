using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Simulation;
using KubeSim.Tests.ApiServer;
using KubeSim.Tests.Controllers.EndpointSlices;

namespace KubeSim.Tests.Proxy;

/// <summary>An API server, the EndpointSlice controller, and nodes with a kube-proxy each.</summary>
internal sealed class ServiceWorld
{
    private readonly TestServer _server = new();

    public ServiceWorld(int nodes = 2, TimeSpan controllerDelay = default, KubeProxyTiming timing = default, int maxEndpointsPerSlice = 100, KubeProxyOptions? options = null)
    {
        Selected = new SelectedPods(Api, controllerDelay);
        Controller = new EndpointSliceController(Api, Selected, Queue, _server.Log, controllerDelay, maxEndpointsPerSlice: maxEndpointsPerSlice);
        Selected.Start();
        Network = new Network(Queue, _server.Log, new DeterministicRandom(7));
        Feed = new ServiceFeed(Api, Queue, options ?? new KubeProxyOptions());
        for (int i = 1; i <= nodes; i++)
        {
            Api.Create(EndpointObjects.Node($"node-{i}", $"zone-{(char)('a' + ((i - 1) % 3))}"));
            Nodes.Add(Network.AddNode($"node-{i}", [IpAddress.Parse($"172.18.{i / 250}.{i % 250}")], [], null));
            Proxies.Add(new KubeProxy(Feed, Nodes[^1], Queue, _server.Log, timing));
        }

        Settle();
    }

    public KubeApiServer Api => _server.Api;

    public EventQueue Queue => _server.Queue;

    public RunLog Log => _server.Log;

    public SelectedPods Selected { get; }

    public EndpointSliceController Controller { get; }

    public ServiceFeed Feed { get; }

    public Network Network { get; }

    public List<NetworkNode> Nodes { get; } = [];

    public List<KubeProxy> Proxies { get; } = [];

    public List<Pod> Pods { get; } = [];

    public void Settle() => Queue.RunDue();

    public Service CreateService(Service service)
    {
        Service created = Api.Create(service);
        if (service.Status.LoadBalancer != LoadBalancerStatus.Empty)
        {
            created = Api.ReplaceStatus(created with { Status = service.Status });
        }

        Settle();
        return created;
    }

    /// <summary>Creates Pods that are on a node and have an address from the start.</summary>
    public void CreatePods(int count, bool areReady = true, string app = "web")
    {
        for (int i = 0; i < count; i++)
        {
            int number = Pods.Count;
            Pod pod = EndpointObjects.Pod($"{app}-{number}", EndpointObjects.Ip(number), $"node-{(number % Nodes.Count) + 1}", areReady, app);
            Pods.Add(Api.ReplaceStatus(Api.Create(pod) with { Status = pod.Status }));
        }

        Settle();
    }

    public void SetReady(int pod, bool isReady)
    {
        Pods[pod] = Api.ReplaceStatus(Api.Get<Pod>(Pods[pod].Name).With(isReady));
        Settle();
    }

    public IReadOnlyList<EndpointSlice> Slices() => Api.List<EndpointSlice>();

    /// <summary>Where a node sends traffic for the port http of a Service, in order.</summary>
    public string[] Backends(int node, string service = "web")
    {
        ServiceRule? rule = Nodes[node].Table?.Find(new ServicePortName(NamespacedName.Parse("default/" + service), "http", TransportProtocol.Tcp));
        return rule is null ? ["no rule"] : TestTables.Addresses(rule.Cluster.For(Nodes[node]));
    }
}
