using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Measurement;
using KubeSim.Tracing;

namespace KubeSim;

/// <summary>The addresses that a Service answers on.</summary>
internal static class FrontendList
{
    internal static IReadOnlyList<Frontend> Of(Service service, IReadOnlyList<Node> nodes)
    {
        var frontends = new List<Frontend>();
        foreach (ServicePort port in service.Spec.Ports)
        {
            Add(frontends, FrontendKind.ClusterIP, service.Spec.ClusterIPs, port, port.Port);
            if (port.NodePort is > 0)
            {
                Add(frontends, FrontendKind.NodePort, nodes.SelectMany(InternalIPs).ToEquatableArray(), port, port.NodePort);
            }

            Add(frontends, FrontendKind.ExternalIP, service.Spec.ExternalIPs, port, port.Port);
            Add(frontends, FrontendKind.LoadBalancer, service.Status.LoadBalancer.Ingress.Select(ingress => ingress.IP ?? "").ToEquatableArray(), port, port.Port);
        }

        return frontends;
    }

    private static IEnumerable<string> InternalIPs(Node node) =>
        node.Status.Addresses.Where(address => address.Type == "InternalIP").Select(address => address.Address);

    private static void Add(List<Frontend> frontends, FrontendKind kind, EquatableArray<string> addresses, ServicePort port, int? number)
    {
        foreach (string text in addresses)
        {
            if (IpAddress.TryParse(text, out IpAddress address))
            {
                frontends.Add(new Frontend(kind, new IpPort(address, number ?? 0), ProtocolOf(port)));
            }
        }
    }

    private static TransportProtocol ProtocolOf(ServicePort port) => port.Protocol switch
    {
        Protocol.UDP => TransportProtocol.Udp,
        Protocol.SCTP => TransportProtocol.Sctp,
        _ => TransportProtocol.Tcp,
    };
}
