using KubeSim.Collections;
using KubeSim.LoadBalancing;

namespace KubeSim.Proxy;

/// <summary>Backends of one slice sorted into lists by the name of a node or a zone. Immutable once built.</summary>
internal sealed class BackendsByName
{
    private readonly Dictionary<string, List<Backend>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EquatableArray<Backend>> _done = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>The names, in the order in which they were first added.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The backends under a name, in the order in which they were added.</summary>
    public EquatableArray<Backend> this[string name]
    {
        get
        {
            if (_done.TryGetValue(name, out EquatableArray<Backend> done))
            {
                return done;
            }

            if (!_lists.Remove(name, out List<Backend>? list))
            {
                return default;
            }

            return _done[name] = new([.. list]);
        }
    }

    public void Add(string name, Backend backend)
    {
        if (!_lists.TryGetValue(name, out List<Backend>? list))
        {
            list = [];
            _lists.Add(name, list);
            _names.Add(name);
        }

        list.Add(backend);
    }
}
