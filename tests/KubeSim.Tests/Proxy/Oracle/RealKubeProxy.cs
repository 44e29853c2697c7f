using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Proxy;
using KubeSim.Simulation;

namespace KubeSim.Tests.Proxy.Oracle;

/// <summary>The same facts as objects, through the builder into a table, and that table's decision in the words of <see cref="NaiveKubeProxy"/>.</summary>
internal sealed class RealKubeProxy
{
    private readonly ServiceTableBuilder _builder = new(new KubeProxyOptions());
    private readonly Network _network;
    private PlainCluster? _cluster;

    public RealKubeProxy()
    {
        var queue = new EventQueue();
        _network = new Network(queue, new RunLog(queue), new DeterministicRandom(1));
    }

    /// <summary>Brings the objects to what the cluster says, from whatever they were before; slices may come before their Service.</summary>
    public void Apply(PlainCluster cluster, bool slicesFirst)
    {
        foreach (PlainService service in _cluster?.Services ?? [])
        {
            PlainService? now = cluster.Services.FirstOrDefault(other => other.Name == service.Name);
            foreach (PlainSlice slice in service.Slices)
            {
                if (now?.Slices.Any(other => other.Name == slice.Name) != true) _builder.RemoveSlice(new NamespacedName("default", slice.Name));
            }

            if (now is null) _builder.RemoveService(new NamespacedName("default", service.Name));
        }

        foreach (PlainService service in cluster.Services)
        {
            if (!slicesFirst) _builder.Set(ToService(service));
            foreach (PlainSlice slice in service.Slices) _builder.Set(ToSlice(service, slice));
            if (slicesFirst) _builder.Set(ToService(service));
        }

        _cluster = cluster;
        foreach (PlainNode plain in cluster.Nodes)
        {
            NetworkNode node = _network.FindNode(plain.Name)
                ?? _network.AddNode(plain.Name, [.. plain.Addresses.Select(IpAddress.Parse)], [.. plain.PodCidrs.Select(Cidr.Parse)], null);
            node.Zone = plain.Zone;
            node.ProxySettings = cluster.Settings;
            node.Install(_builder.Table);
        }
    }

    public string Decide(PlainPacket packet)
    {
        NetworkNode node = _network.FindNode(packet.Node.Name)!;
        IpAddress source = IpAddress.Parse(packet.Source);
        var flow = new Flow(new IpPort(source, (ushort)40000), new IpPort(IpAddress.Parse(packet.Destination), (ushort)packet.Port), packet.Protocol);
        ServiceDecision decision = ServiceDecision.Of(node, flow);
        string name = decision.Rule is { } rule ? $" {rule.Name.Service.Name}:{rule.Name.PortName}" : "";
        return decision.Kind switch
        {
            DecisionKind.NoMatch => "no match",
            DecisionKind.Reject => "reject" + name,
            DecisionKind.Drop => "drop" + name,
            _ => $"balance{name} " + string.Join(' ', Enumerable.Range(0, decision.Backends.Count).Select(place => Text(decision.Backends[place])).Order(StringComparer.Ordinal)),
        };

        string Text(Backend backend)
        {
            bool isMasqueraded = decision.Masquerade != MasqueradeReason.None || (backend.Address.Address == source && node.MasqueradesHairpin(backend));
            return backend.Address.ToString(null, CultureInfo.InvariantCulture) + (isMasqueraded ? "m" : "");
        }
    }

    private static Service ToService(PlainService plain) => new()
    {
        Metadata = new()
        {
            Name = plain.Name,
            Namespace = "default",
            Labels = plain.IsForAnotherProxy ? LabelSet.Of("service.kubernetes.io/service-proxy-name", "other") : default,
        },
        Spec = new()
        {
            Type = plain.Type,
            ClusterIP = plain.ClusterIPs[0],
            ClusterIPs = [.. plain.ClusterIPs],
            ExternalIPs = [.. plain.ExternalIPs],
            InternalTrafficPolicy = plain.InternalLocal ? "Local" : "Cluster",
            ExternalTrafficPolicy = plain.ExternalLocal ? "Local" : null,
            LoadBalancerSourceRanges = [.. plain.SourceRanges],
            Ports = [.. plain.Ports.Select(port => new ServicePort { Name = port.Name, Protocol = Word(port.Protocol), Port = port.Port, NodePort = port.NodePort == 0 ? null : port.NodePort })],
        },
        Status = new() { LoadBalancer = new() { Ingress = [.. plain.Ingress.Select(ingress => new LoadBalancerIngress { IP = ingress.IP, IPMode = ingress.Mode })] } },
    };

    private static EndpointSlice ToSlice(PlainService service, PlainSlice plain) => new()
    {
        Metadata = new() { Name = plain.Name, Namespace = "default", Labels = LabelSet.Of("kubernetes.io/service-name", service.Name) },
        AddressType = plain.AddressType,
        Ports = [.. plain.Ports.Select(port => new EndpointPort { Name = port.Name, Protocol = Word(port.Protocol), Port = port.Port })],
        Endpoints = [.. plain.Endpoints.Select(endpoint => new Endpoint
        {
            Addresses = [endpoint.Address],
            NodeName = endpoint.NodeName,
            Conditions = new() { Ready = endpoint.Ready, Serving = endpoint.Serving, Terminating = endpoint.Terminating },
            Hints = endpoint.ForNodes.Length + endpoint.ForZones.Length == 0 ? null : new()
            {
                ForNodes = [.. endpoint.ForNodes.Select(name => new ForNode { Name = name })],
                ForZones = [.. endpoint.ForZones.Select(name => new ForZone { Name = name })],
            },
        })],
    };

    private static string Word(TransportProtocol protocol) => protocol.ToString().ToUpperInvariant();
}
