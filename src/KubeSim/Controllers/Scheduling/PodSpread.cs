using System.Runtime.InteropServices;

namespace KubeSim.Controllers.Scheduling;

/// <summary>How many Pods of each group are on each node, kept up to date Pod by Pod; the counts of the group looked at last lie open in an array.</summary>
internal sealed class PodSpread
{
    private readonly Dictionary<SpreadGroup, Dictionary<int, int>> _counts = [];
    private int[] _open = [];
    private SpreadGroup? _opened;

    /// <summary>Counts a Pod of the group on a node in, or with -1 out.</summary>
    public void Count(SpreadGroup group, int node, int one)
    {
        if (!_counts.TryGetValue(group, out Dictionary<int, int>? nodes))
        {
            _counts[group] = nodes = [];
        }

        ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(nodes, node, out _);
        count += one;
        if (count == 0)
        {
            nodes.Remove(node);
            if (nodes.Count == 0)
            {
                _counts.Remove(group);
            }
        }

        if (_opened == group)
        {
            Grow(node + 1);
            _open[node] += one;
        }
    }

    /// <summary>The group's counts by node index, for all indexes below <paramref name="nodes"/>; good until the next call.</summary>
    public ReadOnlySpan<int> Of(SpreadGroup group, int nodes)
    {
        Grow(nodes);
        if (_opened != group)
        {
            Array.Clear(_open);
            foreach ((int node, int count) in _counts.GetValueOrDefault(group) ?? [])
            {
                Grow(node + 1);
                _open[node] = count;
            }

            _opened = group;
        }

        return _open;
    }

    private void Grow(int length)
    {
        if (_open.Length < length)
        {
            Array.Resize(ref _open, Math.Max(length, 2 * _open.Length));
        }
    }
}
