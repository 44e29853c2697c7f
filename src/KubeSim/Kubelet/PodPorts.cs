using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim.Kubelet;

/// <summary>
/// On what a Pod's programs listen: the ports that its containers and sidecars declare. Ports of init containers that run to their end
/// are closed by the time the Pod is ready.
/// </summary>
internal static class PodPorts
{
    /// <summary>In the order of the containers; empty when none is declared, and then the Pod may listen on any.</summary>
    public static EquatableArray<ListeningPort> Of(PodSpec spec)
    {
        var ports = new List<ListeningPort>();
        foreach (Container container in spec.InitContainers)
        {
            if (PodConditions.IsSidecar(container))
            {
                Add(container, ports);
            }
        }

        foreach (Container container in spec.Containers)
        {
            Add(container, ports);
        }

        return ports.Count == 0 ? default : new([.. ports]);
    }

    private static void Add(Container container, List<ListeningPort> ports)
    {
        foreach (ContainerPort port in container.Ports)
        {
            if (port.Port is > 0 and <= ushort.MaxValue)
            {
                var listening = new ListeningPort(ProtocolOf(port.Protocol), (ushort)port.Port);
                if (!ports.Contains(listening))
                {
                    ports.Add(listening);
                }
            }
        }
    }

    private static TransportProtocol ProtocolOf(string? protocol) => protocol switch
    {
        Protocol.UDP => TransportProtocol.Udp,
        Protocol.SCTP => TransportProtocol.Sctp,
        _ => TransportProtocol.Tcp,
    };
}
