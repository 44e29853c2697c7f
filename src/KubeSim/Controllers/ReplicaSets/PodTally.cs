namespace KubeSim.Controllers.ReplicaSets;

/// <summary>How many Pods an owner has, kept up to date change by change.</summary>
internal sealed class PodTally
{
    /// <summary>All of them, also those that end.</summary>
    public int Owned { get; private set; }

    /// <summary>Those that count as replicas.</summary>
    public int Active { get; private set; }

    /// <summary>The active ones that are ready.</summary>
    public int Ready { get; private set; }

    /// <summary>Counts a Pod in, or with -1 out.</summary>
    public void Count(bool isActive, bool isReady, int one)
    {
        Owned += one;
        Active += isActive ? one : 0;
        Ready += isActive && isReady ? one : 0;
    }
}
