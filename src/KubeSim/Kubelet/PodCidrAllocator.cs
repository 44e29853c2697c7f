using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Kubelet;

/// <summary>
/// Cuts the cluster's pod CIDRs into one block per node: with 10.244.0.0/16 the first node gets 10.244.1.0/24, the second 10.244.2.0/24.
/// The first block is left to a control plane that is not simulated. A block that came back is given again when the others are used up.
/// </summary>
internal sealed class PodCidrAllocator
{
    /// <summary>The length of a node's IPv4 block: <c>--node-cidr-mask-size-ipv4</c>.</summary>
    public const int IPv4PrefixLength = 24;

    /// <summary>The length of a node's IPv6 block: <c>--node-cidr-mask-size-ipv6</c>.</summary>
    public const int IPv6PrefixLength = 64;

    private readonly EquatableArray<Cidr> _clusterCidrs;
    private readonly long _blocks;
    private readonly SortedSet<long> _released = [];
    private long _next = 1;

    /// <param name="clusterCidrs">The cluster's pod CIDRs, one per family; the first one's family is the primary one.</param>
    /// <exception cref="ArgumentException">There is none, one has room for no node, or two overlap.</exception>
    public PodCidrAllocator(EquatableArray<Cidr> clusterCidrs)
    {
        if (clusterCidrs.IsEmpty)
        {
            throw new ArgumentException("The cluster needs a pod CIDR, such as 10.244.0.0/16.", nameof(clusterCidrs));
        }

        _clusterCidrs = clusterCidrs;
        _blocks = long.MaxValue;
        foreach (Cidr cidr in clusterCidrs)
        {
            if (BlocksOf(cidr) < 2)
            {
                throw new ArgumentException(
                    $"The pod CIDR {cidr} has no room for a node: every node gets a /{LengthFor(cidr)}, and the first block is the control plane's. "
                    + $"Make the prefix of ClusterOptions.PodCidr shorter than /{LengthFor(cidr)}.",
                    nameof(clusterCidrs));
            }

            _blocks = Math.Min(_blocks, BlocksOf(cidr));
        }
    }

    /// <summary>Whether there is a block for one more node.</summary>
    public bool HasRoom => _next < _blocks || _released.Count > 0;

    /// <summary>The blocks of one more node, one of each pod CIDR.</summary>
    /// <exception cref="InvalidOperationException">All blocks are taken; the message names the option to change.</exception>
    public EquatableArray<Cidr> Allocate()
    {
        long place = Next();
        var blocks = new Cidr[_clusterCidrs.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = BlockAt(_clusterCidrs[i], place);
        }

        return new(blocks);
    }

    /// <summary>Takes a node's blocks back.</summary>
    public void Release(EquatableArray<Cidr> blocks)
    {
        if (PlaceOf(blocks) is > 0 and var place && place < _next)
        {
            _released.Add(place);
        }
    }

    /// <summary>For how many nodes a pod CIDR has a block; the control plane's is not counted.</summary>
    public static long NodesIn(Cidr clusterCidr) => Math.Max(0, BlocksOf(clusterCidr) - 1);

    private static int LengthFor(Cidr clusterCidr) => clusterCidr.First.IsIPv4 ? IPv4PrefixLength : IPv6PrefixLength;

    private static long BlocksOf(Cidr clusterCidr) => (LengthFor(clusterCidr) - clusterCidr.PrefixLength) switch
    {
        < 0 => 0,
        >= 62 => long.MaxValue,
        int bits => 1L << bits,
    };

    private static Cidr BlockAt(Cidr clusterCidr, long place)
    {
        int length = LengthFor(clusterCidr);
        UInt128 offset = (UInt128)place << (clusterCidr.First.BitLength - length);
        return new(IpAddress.FromValue(clusterCidr.First.Value + offset, clusterCidr.First.IsIPv4), length);
    }

    private long PlaceOf(EquatableArray<Cidr> blocks)
    {
        if (blocks.IsEmpty || blocks[0].PrefixLength != LengthFor(_clusterCidrs[0]) || !_clusterCidrs[0].Contains(blocks[0].First))
        {
            return -1;
        }

        return (long)((blocks[0].First.Value - _clusterCidrs[0].First.Value) >> (blocks[0].First.BitLength - blocks[0].PrefixLength));
    }

    private long Next()
    {
        if (_next < _blocks)
        {
            return _next++;
        }

        if (_released.Count == 0)
        {
            throw new InvalidOperationException(
                $"The pod CIDR {string.Join(',', _clusterCidrs)} has {_blocks - 1} blocks for nodes, and all are taken. "
                + "Make the prefix of ClusterOptions.PodCidr shorter.");
        }

        long place = _released.Min;
        _released.Remove(place);
        return place;
    }
}
