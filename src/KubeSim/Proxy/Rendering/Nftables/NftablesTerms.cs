using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>What rules are worded with that depends on the family and on how the node's kube-proxy is configured.</summary>
internal sealed class NftablesTerms
{
    private readonly ProxySettings _settings;

    public NftablesTerms(NetworkNode node, bool isIPv6, NftablesLayout layout)
    {
        _settings = node.ProxySettings;
        Node = node;
        IsIPv6 = isIPv6;
        Layout = layout;
        ServiceCidrs = OfFamily(_settings.ServiceCidrs);
        NodePortAddresses = NodePortAddressesOf(new NodePortAddresses(node, isIPv6));
        MarkValue = string.Create(CultureInfo.InvariantCulture, $"0x{1u << _settings.MasqueradeBit:x8}");
        (FromPod, NotFromPod) = Detector(node);
    }

    public NetworkNode Node { get; }

    public bool IsIPv6 { get; }

    public NftablesLayout Layout { get; }

    /// <summary>The expression of a header: <c>ip</c> or <c>ip6</c>.</summary>
    public string Ip => IsIPv6 ? "ip6" : "ip";

    public string AddressType => IsIPv6 ? "ipv6_addr" : "ipv4_addr";

    public string NoLocalhost => IsIPv6 ? "ip6 daddr != ::1" : "ip daddr != 127.0.0.0/8";

    /// <summary>For example <c>0x00004000</c>.</summary>
    public string MarkValue { get; }

    /// <summary>What marks a packet to be masqueraded.</summary>
    public NftablesText Mark => Layout == NftablesLayout.Kubernetes134
        ? $"jump {NftablesSetup.MarkForMasquerade}"
        : new NftablesText($"mark set mark or {MarkValue}", $"meta mark set meta mark | {MarkValue}");

    public bool MasqueradeAll => _settings.MasqueradeAll;

    /// <summary>What matches packets of Pods, with a blank behind; null without a detector for the family.</summary>
    public NftablesText? FromPod { get; }

    /// <summary>What matches packets of anybody else, with a blank behind; null without a detector for the family.</summary>
    public NftablesText? NotFromPod { get; }

    /// <summary>Where node ports answer; null for every address of the node.</summary>
    public IReadOnlyList<IpAddress>? NodePortAddresses { get; }

    public IReadOnlyList<Cidr> ServiceCidrs { get; }

    private List<Cidr> OfFamily(EquatableArray<Cidr> blocks)
    {
        var result = new List<Cidr>(blocks.Length);
        foreach (Cidr block in blocks)
        {
            if (block.First.IsIPv6 == IsIPv6)
            {
                result.Add(block);
            }
        }

        return result;
    }

    /// <summary>Localhost is left out: nftables translates nothing that goes to it.</summary>
    private static List<IpAddress>? NodePortAddressesOf(NodePortAddresses given)
    {
        if (given.IsEverything)
        {
            return null;
        }

        var addresses = new List<IpAddress>();
        foreach (IpAddress address in given.Addresses)
        {
            if (!address.IsLoopback)
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    /// <source>kubernetes v1.36, pkg/proxy/util/localdetector.go</source>
    private (NftablesText? FromPod, NftablesText? NotFromPod) Detector(NetworkNode node) => _settings.Detector switch
    {
        LocalPodDetector.ClusterCIDR => BySource(OfFamily(_settings.ClusterCidrs)),
        LocalPodDetector.NodeCIDR => BySource(OfFamily(node.PodCidrs)),
        LocalPodDetector.BridgeInterface => ByInterface(_settings.DetectorInterface),
        LocalPodDetector.InterfaceNamePrefix => ByInterface(_settings.DetectorInterface + "*"),
        _ => (null, null),
    };

    private (NftablesText? FromPod, NftablesText? NotFromPod) BySource(List<Cidr> blocks)
    {
        if (blocks.Count == 0)
        {
            return (null, null);
        }

        NftablesText fromPod = $"{Ip} saddr {blocks[0]} ";
        NftablesText notFromPod = $"{Ip} saddr != {blocks[0]} ";
        return (fromPod, notFromPod);
    }

    private static (NftablesText? FromPod, NftablesText? NotFromPod) ByInterface(string name) =>
        (new NftablesText($"iifname {name} ", $"iifname \"{name}\" "), new NftablesText($"iifname != {name} ", $"iifname != \"{name}\" "));
}
