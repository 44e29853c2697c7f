using System.Runtime.InteropServices;
using KubeSim.Api;

namespace KubeSim.Manifests;

/// <summary>The members of an object while it is read, found by name. Few members, as objects mostly have, are looked through; many are indexed.</summary>
internal sealed class ObjectFields
{
    private const int Few = 12;
    private Dictionary<string, int>? _places;

    internal List<JsonField> List { get; } = [];

    /// <summary>The value of a member, or null.</summary>
    internal JsonValue? this[string name] => PlaceOf(name) is >= 0 and var place ? List[place].Value : null;

    internal void Set(string name, JsonValue value)
    {
        int place = PlaceOf(name);
        if (place >= 0)
        {
            CollectionsMarshal.AsSpan(List)[place] = new(name, value);
            return;
        }

        _places?.Add(name, List.Count);
        List.Add(new(name, value));
    }

    private int PlaceOf(string name)
    {
        if (_places is null && List.Count >= Few)
        {
            _places = new(StringComparer.Ordinal);
            for (int i = 0; i < List.Count; i++)
            {
                _places.Add(List[i].Name, i);
            }
        }

        if (_places is not null)
        {
            return _places.TryGetValue(name, out int place) ? place : -1;
        }

        for (int i = 0; i < List.Count; i++)
        {
            if (List[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
