using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;
using KubeSim.Tracing;

namespace KubeSim.Tests.Dataplane;

/// <summary>Two nodes or more, Pods on them, and tables made by hand as kube-proxy would make them.</summary>
internal sealed class Lab
{
    public const string ClusterIP = "10.96.41.7";

    private readonly EventQueue _queue = new();

    public Lab(int nodes = 2, ulong seed = 1, LoadBalancerPolicy? policy = null, ProxySettings? settings = null)
    {
        Log = new RunLog(_queue);
        Network = new Network(_queue, Log, new DeterministicRandom(seed), policy);
        ProxySettings chosen = settings ?? new ProxySettings { ClusterCidrs = [Cidr.Parse("10.244.0.0/16")], ServiceCidrs = [Cidr.Parse("10.96.0.0/16")] };
        Nodes = [.. Enumerable.Range(1, nodes).Select(i => Network.AddNode($"node-{i}", [Ip($"192.168.0.{i}")], [Cidr.Parse($"10.244.{i}.0/24")], i % 2 == 1 ? "a" : "b"))];
        foreach (NetworkNode node in Nodes)
        {
            node.ProxySettings = chosen;
        }

        Install(ServiceTable.Empty);
    }

    public RunLog Log { get; }

    public Network Network { get; }

    public NetworkNode[] Nodes { get; }

    public ServiceTable Table { get; private set; } = ServiceTable.Empty;

    public NetworkNode Node(int number) => Nodes[number - 1];

    public static IpAddress Ip(string text) => IpAddress.Parse(text);

    public static IpPort At(string text) => IpPort.Parse(text);

    public static ServicePortName Name(string service = "web", string port = "http", TransportProtocol protocol = TransportProtocol.Tcp) =>
        new(new NamespacedName("default", service), port, protocol);

    public void Advance(double seconds) => _queue.AdvanceTo(_queue.Now + TimeSpan.FromSeconds(seconds));

    /// <summary>A Pod; node and last number of its address from one text, such as "1.5".</summary>
    public PodAttachment Pod(string name, string place, params ListeningPort[] ports)
    {
        int node = place[0] - '0';
        return Network.Attach(Node(node), "default/" + name, [Ip("10.244." + place)], false, [.. ports], ports.Length == 0);
    }

    public void Install(ServiceTable table)
    {
        Table = table;
        foreach (NetworkNode node in Nodes)
        {
            node.Install(table);
        }
    }

    public void Install(ServiceRule rule) => Install(Table.With(rule));

    /// <summary>A rule over these Pods, all ready, as kube-proxy would make it.</summary>
    public static ServiceRule Rule(ServicePortName name, ushort targetPort, params PodAttachment[] pods)
    {
        Backend[] backends = [.. pods.Select(pod => new Backend(new IpPort(pod.Addresses[0], targetPort), pod.Node.Name, pod.Node.Zone))];
        BackendSelection local = BackendSelection.Empty;
        foreach (IGrouping<string, Backend> node in backends.GroupBy(backend => backend.NodeName!))
        {
            local = local.WithNode(node.Key, BackendSet.Of([.. node]));
        }

        return new ServiceRule
        {
            Name = name,
            ClusterIP = Ip(ClusterIP),
            Port = 80,
            Cluster = BackendSelection.Of(BackendSet.Of(backends)),
            Local = local,
            HasAny = backends.Length > 0,
            EndpointCount = backends.Length,
        };
    }

    public Verdict Open(Sender sender, string destination, TransportProtocol protocol = TransportProtocol.Tcp) => Network.Open(sender, At(destination), protocol);

    public Trace Trace(Sender sender, string destination, TransportProtocol protocol = TransportProtocol.Tcp) => Network.Trace(sender, destination, At(destination), protocol);
}
