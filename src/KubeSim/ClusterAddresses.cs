using KubeSim.Addressing;
using KubeSim.CloudProvider;
using KubeSim.Collections;

namespace KubeSim;

/// <summary>Which addresses are spoken for by a cluster's options, before anybody has one.</summary>
internal sealed class ClusterAddresses
{
    private static readonly Cidr[] Special = [Cidr.Parse("0.0.0.0/8"), Cidr.Parse("127.0.0.0/8"), Cidr.Parse("224.0.0.0/3"), Cidr.Parse("::/127"), Cidr.Parse("ff00::/8")];

    /// <summary>Where machines get addresses that nobody chose for them: the first of these blocks that is not the Pods' or Services'.</summary>
    private static readonly Cidr[] MachineBlocks = [Cidr.Parse("192.168.0.0/16"), Cidr.Parse("172.18.0.0/16"), Cidr.Parse("100.64.0.0/16")];

    /// <summary>The same for a cluster of IPv6.</summary>
    private static readonly Cidr[] MachineBlocksOfIPv6 = [Cidr.Parse("fd00:192:168::/64"), Cidr.Parse("fd00:172:18::/64"), Cidr.Parse("fd00:100:64::/64")];

    private readonly Cidr _pods;
    private readonly Cidr _services;
    private readonly EquatableArray<AddressRange> _loadBalancers;

    /// <param name="options">Options whose blocks and ranges can be read.</param>
    internal ClusterAddresses(ClusterOptions options)
    {
        _pods = options.PodCidr;
        _services = options.ServiceCidr;
        _loadBalancers = options.LoadBalancerRanges.Select(AddressRange.Parse).ToEquatableArray();
    }

    /// <summary>The block for machines; null where the Pods and Services leave none.</summary>
    internal Cidr? Machines => (_pods.First.IsIPv4 ? MachineBlocks : MachineBlocksOfIPv6).FirstOrDefault(block => !block.Overlaps(_pods) && !block.Overlaps(_services)) is { PrefixLength: > 0 } free ? free : null;

    /// <summary>Why a machine or a host cannot have the address, as the end of a sentence; null where it can.</summary>
    internal string? OwnerOf(IpAddress address) =>
        _pods.Contains(address) ? $"which lies in the Pods' block {_pods}"
        : _services.Contains(address) ? $"which lies in the Services' block {_services}"
        : _loadBalancers.Any(range => range.Contains(address)) ? "which lies among the addresses of the load balancers"
        : Special.Any(block => block.Contains(address)) ? "which is no address of a single host"
        : null;
}
