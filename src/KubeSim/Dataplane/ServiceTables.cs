namespace KubeSim.Dataplane;

/// <summary>
/// Makes tables for all nodes of a cluster and remembers the last few changes: a node that takes the same step from the same
/// table as another before it gets that one's table, for the cost of comparing references.
/// </summary>
internal sealed class ServiceTables
{
    // More than the syncs that a node is usually behind; a node further behind makes tables of its own, with shared rules.
    private const int Remembered = 64;

    private readonly Step[] _steps = new Step[Remembered];
    private int _next;

    /// <summary>The table after some rules have been added or exchanged, and some removed.</summary>
    /// <param name="from">The table that the node has.</param>
    /// <param name="changed">New rules, in the same order on every node: by name.</param>
    /// <param name="removed">Names of rules that are gone, in the same order on every node: by name.</param>
    public ServiceTable Apply(ServiceTable from, ReadOnlySpan<ServiceRule> changed, ReadOnlySpan<ServicePortName> removed = default)
    {
        for (int i = 1; i <= Remembered; i++)
        {
            ref readonly Step step = ref _steps[(_next - i + Remembered) % Remembered];
            if (ReferenceEquals(step.From, from) && SameObjects<ServiceRule>(step.Changed, changed) && removed.SequenceEqual(step.Removed))
            {
                return step.To;
            }
        }

        ServiceTable to = from;
        foreach (ServicePortName name in removed)
        {
            to = to.Without(name);
        }

        foreach (ServiceRule rule in changed)
        {
            to = to.With(rule);
        }

        _steps[_next] = new Step(from, changed.ToArray(), removed.ToArray(), to);
        _next = (_next + 1) % Remembered;
        return to;
    }

    private static bool SameObjects<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : class
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (!ReferenceEquals(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private readonly record struct Step(ServiceTable From, ServiceRule[] Changed, ServicePortName[] Removed, ServiceTable To);
}
