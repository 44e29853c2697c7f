using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>What the rules of one family on one node have in common.</summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go: NewProxier; pkg/proxy/util/localdetector.go</source>
internal sealed class IptablesSettings
{
    public IptablesSettings(NetworkNode node, bool isIPv6)
    {
        Node = node;
        IsIPv6 = isIPv6;
        ProxySettings settings = node.ProxySettings;
        NodePortAddresses = new NodePortAddresses(node, isIPv6);
        LocalhostNodePorts = settings.LocalhostNodePorts && NodePortAddresses.ContainsIPv4Loopback;
        Mark = 1u << settings.MasqueradeBit;
        FromPod = DetectorMatch(node, isIPv6);
    }

    public NetworkNode Node { get; }

    public bool IsIPv6 { get; }

    public NodePortAddresses NodePortAddresses { get; }

    /// <summary>Whether node ports answer on 127.0.0.1: only with IPv4.</summary>
    public bool LocalhostNodePorts { get; }

    /// <summary>The bit that asks for masquerading.</summary>
    public uint Mark { get; }

    /// <summary>What tells that a packet comes from a Pod; null where no detector is configured for the family.</summary>
    public IptablesMatch? FromPod { get; }

    public bool MasqueradeAll => Node.ProxySettings.MasqueradeAll;

    public bool Nfacct => Node.ProxySettings.Nfacct;

    /// <summary>Whether the node's primary address of the family lies in a block.</summary>
    public bool IsNodeIn(Cidr block)
    {
        foreach (IpAddress address in Node.Addresses)
        {
            if (address.IsIPv6 == IsIPv6)
            {
                return block.Contains(address);
            }
        }

        return false;
    }

    private static IptablesMatch? DetectorMatch(NetworkNode node, bool isIPv6) => node.ProxySettings.Detector switch
    {
        LocalPodDetector.ClusterCIDR => FirstBlock(node.ProxySettings.ClusterCidrs, isIPv6),
        LocalPodDetector.NodeCIDR => FirstBlock(node.PodCidrs, isIPv6),
        LocalPodDetector.BridgeInterface => IptablesMatch.InInterface(node.ProxySettings.DetectorInterface),
        LocalPodDetector.InterfaceNamePrefix => IptablesMatch.InInterface(node.ProxySettings.DetectorInterface + "+"),
        _ => null,
    };

    private static IptablesMatch? FirstBlock(EquatableArray<Cidr> blocks, bool isIPv6)
    {
        foreach (Cidr block in blocks)
        {
            if (block.First.IsIPv6 == isIPv6)
            {
                return IptablesMatch.Source(block.ToString());
            }
        }

        return null;
    }
}
