using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>
/// Objects that share a namespace, a node or an owner, listed in the order of their names. Adding and removing cost the same for any number:
/// new places wait unsorted until somebody lists, and places that no longer belong are dropped then.
/// </summary>
/// <param name="belongs">Whether an object that is still there is a member.</param>
internal sealed class OrderedObjects<T>(Func<T, bool> belongs)
    where T : KubernetesObject
{
    private static readonly Comparison<Stored<T>> ByName = static (left, right) => left.Value!.Name.CompareTo(right.Value!.Name);

    private readonly List<Stored<T>> _places = [];
    private T[] _listed = [];
    private long _listedAt = -1;
    private int _sorted;

    /// <summary>How many members there are.</summary>
    internal int Count { get; private set; }

    internal void Add(Stored<T> place)
    {
        _places.Add(place);
        Count++;
    }

    /// <summary>Notes that one member left: it is gone, or no longer belongs.</summary>
    internal void Remove() => Count--;

    /// <summary>The members; the same list as long as the version is.</summary>
    internal T[] List(long version)
    {
        if (_listedAt != version)
        {
            DropThoseThatLeft();
            SortThoseThatCame();
            _listed = new T[_places.Count];
            for (int i = 0; i < _listed.Length; i++)
            {
                _listed[i] = _places[i].Value!;
            }

            _listedAt = version;
        }

        return _listed;
    }

    private void DropThoseThatLeft()
    {
        if (_places.Count == Count)
        {
            return;
        }

        int kept = 0;
        int sorted = 0;
        for (int i = 0; i < _places.Count; i++)
        {
            if (_places[i].Value is { } value && belongs(value))
            {
                _places[kept++] = _places[i];
                sorted = i < _sorted ? kept : sorted;
            }
        }

        _places.RemoveRange(kept, _places.Count - kept);
        _sorted = sorted;
    }

    private void SortThoseThatCame()
    {
        if (_sorted == _places.Count)
        {
            return;
        }

        List<Stored<T>> came = _places.GetRange(_sorted, _places.Count - _sorted);
        came.Sort(ByName);
        int last = _sorted - 1;
        int place = _places.Count - 1;
        for (int i = came.Count - 1; i >= 0; place--)
        {
            _places[place] = last >= 0 && ByName(_places[last], came[i]) > 0 ? _places[last--] : came[i--];
        }

        DropDoubles();
        _sorted = _places.Count;
    }

    /// <summary>One that left and came back stands twice.</summary>
    private void DropDoubles()
    {
        int kept = 0;
        for (int i = 0; i < _places.Count; i++)
        {
            if (kept == 0 || !ReferenceEquals(_places[kept - 1], _places[i]))
            {
                _places[kept++] = _places[i];
            }
        }

        _places.RemoveRange(kept, _places.Count - kept);
    }
}
