using System.Text;
using KubeSim.Addressing;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>
/// Blocks of addresses in braces within a rule. kube-proxy writes them as they come; nft puts them in order and together where they
/// touch or overlap, and takes the braces from around a single one.
/// </summary>
internal static class NftablesAddressSet
{
    /// <summary>A set of blocks, at least one.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="addresses">Single addresses to follow them.</param>
    /// <param name="separator">What kube-proxy writes between two.</param>
    public static NftablesText Of(IReadOnlyList<Cidr> blocks, IReadOnlyList<IpAddress> addresses, string separator)
    {
        var ranges = new List<(UInt128 First, UInt128 Last)>(blocks.Count + addresses.Count);
        var input = new StringBuilder("{ ");
        foreach (Cidr block in blocks)
        {
            input.Append(ranges.Count == 0 ? "" : separator).Append(block.ToString());
            ranges.Add((block.First.Value, block.Last.Value));
        }

        foreach (IpAddress address in addresses)
        {
            input.Append(ranges.Count == 0 ? "" : separator).Append(address.ToString());
            ranges.Add((address.Value, address.Value));
        }

        input.Append(" }");
        return new(input.ToString(), Listed(ranges, blocks.Count > 0 ? blocks[0].First.IsIPv4 : addresses[0].IsIPv4));
    }

    private static string Listed(List<(UInt128 First, UInt128 Last)> ranges, bool isIPv4)
    {
        if (ranges.Count == 1)
        {
            return TextOf(ranges[0].First, ranges[0].Last, isIPv4);
        }

        ranges.Sort();
        var text = new StringBuilder("{ ");
        (UInt128 first, UInt128 last) = ranges[0];
        foreach ((UInt128 nextFirst, UInt128 nextLast) in ranges)
        {
            // The subtraction cannot fall below zero where the first part does not hold.
            if (nextFirst <= last || nextFirst - last == 1)
            {
                last = UInt128.Max(last, nextLast);
                continue;
            }

            text.Append(TextOf(first, last, isIPv4)).Append(", ");
            (first, last) = (nextFirst, nextLast);
        }

        return text.Append(TextOf(first, last, isIPv4)).Append(" }").ToString();
    }

    private static string TextOf(UInt128 first, UInt128 last, bool isIPv4)
    {
        UInt128 differing = first ^ last;
        bool isBlock = (differing & (differing + (differing == UInt128.MaxValue ? 0u : 1u))) == 0 && (first & differing) == 0;
        IpAddress address = IpAddress.FromValue(first, isIPv4);
        int free = (int)UInt128.PopCount(differing);
        return !isBlock ? $"{address}-{IpAddress.FromValue(last, isIPv4)}"
            : free == 0 ? address.ToString()
            : Cidr.Around(address, address.BitLength - free).ToString();
    }
}
