using System.Diagnostics.CodeAnalysis;
using KubeSim.Addressing;

namespace KubeSim.CloudProvider;

/// <summary>Addresses in a row, both ends included, as a pool lists them: <c>198.51.100.0/24</c> or <c>198.51.100.1-198.51.100.254</c>.</summary>
internal readonly record struct AddressRange
{
    private AddressRange(IpAddress first, IpAddress last)
    {
        First = first;
        Last = last;
    }

    public IpAddress First { get; }

    public IpAddress Last { get; }

    /// <summary>How many addresses there are, at most <see cref="long.MaxValue"/>.</summary>
    public long Count => Last.Value - First.Value is var steps && steps >= long.MaxValue ? long.MaxValue : (long)steps + 1;

    public IpAddress this[long index] => IpAddress.FromValue(First.Value + (UInt128)index, First.IsIPv4);

    /// <summary>Reads a block, a range, or a single address.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static AddressRange Parse(string text) => TryParse(text, out AddressRange range)
        ? range
        : throw new FormatException($"'{text}' is no range of addresses, such as 198.51.100.0/24 or 198.51.100.1-198.51.100.254.");

    public static bool TryParse([NotNullWhen(true)] string? text, out AddressRange range)
    {
        range = default;
        if (Cidr.TryParse(text, out Cidr block))
        {
            range = new(block.First, block.Last);
            return true;
        }

        int dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        ReadOnlySpan<char> first = dash < 0 ? text : text.AsSpan(0, dash).Trim();
        ReadOnlySpan<char> last = dash < 0 ? text : text.AsSpan(dash + 1).Trim();
        if (!IpAddress.TryParse(first, out IpAddress from) || !IpAddress.TryParse(last, out IpAddress to) || from.IsIPv4 != to.IsIPv4 || to < from)
        {
            return false;
        }

        range = new(from, to);
        return true;
    }

    /// <summary>The place of an address in the range, or -1.</summary>
    public long IndexOf(IpAddress address) => Contains(address) && address.Value - First.Value is var place && place <= long.MaxValue ? (long)place : -1;

    public bool Contains(IpAddress address) => address.IsIPv4 == First.IsIPv4 && address >= First && address <= Last;

    public bool Overlaps(AddressRange other) => Contains(other.First) || other.Contains(First);

    public override string ToString() => $"{First}-{Last}";
}
