using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.KernelTests.Lab;

namespace KubeSim.KernelTests.Generated;

/// <summary>What KubeSim's network has besides the node, as it is in the lab: Pods, another node without rules, hosts outside, and a load balancer that sends everything to the node.</summary>
internal sealed class Surroundings
{
    private readonly Network _network;
    private readonly NetworkNode _node;
    private readonly Dictionary<IpAddress, Sender> _senders = [];
    private readonly HashSet<IpAddress> _balanced = [];

    public Surroundings(Network network, NetworkNode node, Addresses addresses, ClusterCase generated)
    {
        _network = network;
        _node = node;
        NetworkNode other = network.AddNode("node-2", [addresses.OtherNode], [], "zone-b");
        foreach (NetworkNode machine in new[] { node, other })
        {
            network.Attach(machine, "host/" + machine.Name, [], hostNetwork: true, [], acceptsAnyPort: true);
            foreach (IpAddress address in machine.Addresses)
            {
                _senders.Add(address, machine.Sender);
            }
        }

        _senders.Add(addresses.Loopback, node.Sender);
        foreach (int number in new[] { 1, 2, 3, 4, 9 })
        {
            Attach(node, addresses.Pod(number));
            Attach(other, addresses.RemotePod(number));
        }

        foreach (int number in new[] { 0, 1 })
        {
            _senders.Add(addresses.Outside(number), network.AddHost("outside", addresses.Outside(number)).Sender);
        }

        LoadBalancerTable balancers = LoadBalancerTable.Empty;
        for (int service = 0; service < generated.Services.Length; service++)
        {
            foreach (IpAddress address in new[] { addresses.Ingress(service, 0), addresses.Ingress(service, 1), addresses.ExternalIP(service, 0), addresses.ExternalIP(service, 1) })
            {
                _balanced.Add(address);
                foreach (TransportProtocol protocol in new[] { TransportProtocol.Tcp, TransportProtocol.Udp })
                {
                    balancers = balancers.With(new LoadBalancerFrontend(new IpPort(address, Addresses.ServicePort), protocol, [node.Name], "ns/svc"));
                }
            }
        }

        network.InstallLoadBalancers(balancers);
    }

    /// <summary>
    /// Whether the network has this flow and sends it to the node. In the lab all that is far reaches a ClusterIP through the node, whose
    /// own way that is not; and what the node leaves alone goes to a host that the network does not have.
    /// </summary>
    public bool Has(Flow flow)
    {
        IpAddress destination = flow.Destination.Address;
        bool isOfNode = destination.IsLoopback || _node.HasAddress(destination);
        return _senders.TryGetValue(flow.Source.Address, out Sender? sender)
            && (ReferenceEquals(sender.Node, _node) || isOfNode || _balanced.Contains(destination))
            && (isOfNode || ServiceDecision.Of(_node, flow).Kind != DecisionKind.NoMatch);
    }

    /// <summary>What KubeSim says becomes of it, the endpoint included.</summary>
    public Observation Connect(Flow flow)
    {
        Verdict verdict = _network.Connect(_senders[flow.Source.Address], flow);
        return verdict.Outcome switch
        {
            Tracing.ConnectionOutcome.Established => new(Outcome.Reached, verdict.Endpoint, verdict.SourceSeenByServer.Address),
            Tracing.ConnectionOutcome.Refused => new(Outcome.Refused),

            // The lab's Pods take what seems to come from themselves (accept_local); a real one does not, and there it ends.
            _ when verdict.Reason == Tracing.ReasonCode.HairpinLost => new(Outcome.Reached, verdict.Endpoint, verdict.SourceSeenByServer.Address),
            _ => new(Outcome.Dropped),
        };
    }

    private void Attach(NetworkNode node, IpAddress address) =>
        _senders.Add(address, _network.Attach(node, "ns/pod-" + address, [address], hostNetwork: false, [], acceptsAnyPort: true).Sender);
}
