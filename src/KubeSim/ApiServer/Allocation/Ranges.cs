using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Simulation;

namespace KubeSim.ApiServer.Allocation;

/// <summary>Everything that Services are given from: a range of ClusterIPs per family, and the node ports.</summary>
internal sealed class Ranges
{
    private readonly ClusterIPRange? _ipv4;
    private readonly ClusterIPRange? _ipv6;
    private readonly List<(Cidr Block, ClusterIPRange Range)> _further = [];

    internal Ranges(ApiServerOptions options, DeterministicRandom random)
    {
        EquatableArray<Cidr> blocks = options.ServiceCidrs;
        if (blocks.Length is < 1 or > 2 || (blocks.Length == 2 && blocks[0].First.IsIPv4 == blocks[1].First.IsIPv4))
        {
            throw new ArgumentException("There is one range of ClusterIPs, or one of each family.", nameof(options));
        }

        foreach (Cidr block in blocks)
        {
            var range = new ClusterIPRange(block, random.Fork($"cluster-ips/{FamilyOf(block.First)}"));
            _ = block.First.IsIPv4 ? _ipv4 = range : _ipv6 = range;
        }

        foreach (Cidr block in options.FurtherServiceCidrs)
        {
            _further.Add((block, new ClusterIPRange(block, random.Fork($"cluster-ips/{block}"))));
        }

        DefaultFamily = FamilyOf(blocks[0].First);
        NodePorts = new NodePortRange(options.NodePortFirst, options.NodePortLast, random.Fork("node-ports"));
    }

    /// <summary>The family of a Service that does not ask for one.</summary>
    internal string DefaultFamily { get; }

    internal bool IsDualStack => _ipv4 is not null && _ipv6 is not null;

    internal NodePortRange NodePorts { get; }

    internal bool Has(string family) => Find(family) is not null;

    internal ClusterIPRange ClusterIPs(string family) => Find(family) ?? throw new InvalidOperationException($"No range of ClusterIPs for the family '{family}'.");

    /// <summary>The range that an address is in, else that of its family, or null.</summary>
    internal ClusterIPRange? Find(IpAddress address)
    {
        foreach ((Cidr block, ClusterIPRange range) in _further)
        {
            if (block.Contains(address))
            {
                return range;
            }
        }

        return address.IsIPv4 ? _ipv4 : _ipv6;
    }

    internal static string FamilyOf(IpAddress address) => address.IsIPv4 ? IPFamily.IPv4 : IPFamily.IPv6;

    internal static string OtherFamily(string family) => family == IPFamily.IPv4 ? IPFamily.IPv6 : IPFamily.IPv4;

    private ClusterIPRange? Find(string family) => family switch
    {
        IPFamily.IPv4 => _ipv4,
        IPFamily.IPv6 => _ipv6,
        _ => null,
    };
}
