using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering;

/// <summary>Which addresses of a node take node ports, for one family: <c>--nodeport-addresses</c> as kube-proxy reads it.</summary>
/// <source>kubernetes v1.36, pkg/proxy/util/nodeport_addresses.go: NewNodePortAddresses, GetNodeIPs</source>
internal sealed class NodePortAddresses
{
    private static readonly IpAddress LoopbackNetwork = IpAddress.Parse("127.0.0.0");
    private static readonly IpAddress LoopbackIPv4 = IpAddress.Parse("127.0.0.1");
    private static readonly IpAddress LoopbackIPv6 = IpAddress.Parse("::1");

    private readonly List<Cidr> _cidrs = [];
    private readonly NetworkNode _node;
    private readonly bool _isIPv6;

    public NodePortAddresses(NetworkNode node, bool isIPv6)
    {
        _node = node;
        _isIPv6 = isIPv6;
        if (node.ProxySettings.OnlyPrimaryNodePortAddress)
        {
            AddPrimary();
        }
        else
        {
            foreach (Cidr cidr in node.ProxySettings.NodePortAddresses)
            {
                Add(cidr);
            }
        }

        IsEverything |= _cidrs.Count == 0;
        ContainsIPv4Loopback |= !isIPv6 && _cidrs.Count == 0;
    }

    /// <summary>Every address of the node: none of this family was given, or one of everything.</summary>
    public bool IsEverything { get; private set; }

    /// <summary>Whether 127.0.0.0/8 is among them, so that node ports may answer on localhost.</summary>
    public bool ContainsIPv4Loopback { get; private set; }

    /// <summary>The node's addresses inside what was given, no address twice, those of loopback first.</summary>
    public IReadOnlyList<IpAddress> Addresses
    {
        get
        {
            var addresses = new List<IpAddress>();
            AddIfInside(addresses, _isIPv6 ? LoopbackIPv6 : LoopbackIPv4);
            foreach (IpAddress address in _node.Addresses)
            {
                AddIfInside(addresses, address);
            }

            return addresses;
        }
    }

    private void AddPrimary()
    {
        foreach (IpAddress address in _node.Addresses)
        {
            if (address.IsIPv6 == _isIPv6 && !address.IsLoopback)
            {
                Add(new Cidr(address, address.BitLength));
                return;
            }
        }
    }

    private void Add(Cidr cidr)
    {
        if (cidr.First.IsIPv6 == _isIPv6)
        {
            _cidrs.Add(cidr);
            IsEverything |= cidr.PrefixLength == 0;
            ContainsIPv4Loopback |= !_isIPv6 && (cidr.First.IsLoopback || cidr.Contains(LoopbackNetwork));
        }
    }

    private void AddIfInside(List<IpAddress> addresses, IpAddress address)
    {
        foreach (Cidr cidr in _cidrs)
        {
            if (cidr.Contains(address) && !addresses.Contains(address))
            {
                addresses.Add(address);
            }
        }
    }
}
