namespace KubeSim.LoadBalancing;

/// <summary>The backends that may be picked, in a fixed order.</summary>
public readonly ref struct BackendList
{
    private readonly BackendSet _set;

    internal BackendList(BackendSet set) => _set = set;

    /// <summary>How many there are.</summary>
    /// <value>1 or more where something is to be picked.</value>
    public int Length => _set.Count;

    /// <summary>What is listed. As long as nothing changes it is the same instance.</summary>
    internal BackendSet Set => _set;

    /// <summary>The backend at a place.</summary>
    /// <param name="index">0 up to but not including <see cref="Length"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public ref readonly Backend this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _set.Count);
            return ref _set[index];
        }
    }
}
