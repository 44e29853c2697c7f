using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>The latest changes of one kind, from which a watch can go on where it broke off. Takes memory only for what happened.</summary>
internal sealed class ChangeWindow<T>
    where T : KubernetesObject
{
    /// <summary>How many changes are kept.</summary>
    internal const int Capacity = 10_000;

    private const int FirstLength = 16;

    private ObjectChange<T>[] _ring = [];
    private int _start;
    private int _count;

    /// <summary>Every change after this version is here.</summary>
    internal long Beginning { get; private set; }

    internal void Add(ObjectChange<T> change)
    {
        if (_count == _ring.Length && _count < Capacity)
        {
            // It has never wrapped around before it has its full length.
            Array.Resize(ref _ring, Math.Clamp(_count * 2, FirstLength, Capacity));
        }

        if (_count == Capacity)
        {
            Beginning = _ring[_start].Version;
            _ring[_start] = change;
            _start = (_start + 1) % Capacity;
            return;
        }

        _ring[_count++] = change;
    }

    /// <summary>The changes after a version, oldest first.</summary>
    internal List<ObjectChange<T>> Since(long version)
    {
        int low = 0;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (At(middle).Version <= version)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var changes = new List<ObjectChange<T>>(_count - low);
        for (int i = low; i < _count; i++)
        {
            changes.Add(At(i));
        }

        return changes;
    }

    private ObjectChange<T> At(int index) => _ring[(_start + index) % _ring.Length];
}
