using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim.CloudProvider;

/// <summary>What a load balancer answers on: every address of a Service with every port.</summary>
internal static class LoadBalancerFrontends
{
    /// <param name="service">The Service.</param>
    /// <param name="addresses">Its external addresses.</param>
    /// <param name="members">The names of the nodes to send to.</param>
    public static EquatableArray<LoadBalancerFrontend> Of(Service service, EquatableArray<IpAddress> addresses, EquatableArray<string> members)
    {
        string name = service.Name.ToString();
        var frontends = new List<LoadBalancerFrontend>();
        foreach (IpAddress address in addresses)
        {
            foreach (ServicePort port in service.Spec.Ports)
            {
                if (port.Port is > 0 and <= ushort.MaxValue)
                {
                    frontends.Add(new LoadBalancerFrontend(new IpPort(address, (ushort)port.Port), ProtocolOf(port.Protocol), members, name));
                }
            }
        }

        return [.. frontends];
    }

    private static TransportProtocol ProtocolOf(string? protocol) => protocol switch
    {
        Protocol.UDP => TransportProtocol.Udp,
        Protocol.SCTP => TransportProtocol.Sctp,
        _ => TransportProtocol.Tcp,
    };
}
