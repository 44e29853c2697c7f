using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>A slice while it is decided whether it must be written, and with which endpoints.</summary>
internal sealed class SliceDraft(EndpointSlice? existing)
{
    // Endpoints that only change keep their places: one copy, and the list is never made.
    private Endpoint[]? _changed;
    private List<Endpoint>? _endpoints;

    /// <summary>The slice as it is; null for one that will be created.</summary>
    public EndpointSlice? Existing => existing;

    /// <summary>Whether it must be written, also where only its labels differ.</summary>
    public bool IsChanged { get; set; }

    public int Count => _endpoints?.Count ?? existing?.Endpoints.Length ?? 0;

    /// <summary>Whether nothing of what it held is left.</summary>
    public bool IsEmptied => Count == 0 && existing is { Endpoints.IsEmpty: false };

    /// <summary>The endpoints it will hold.</summary>
    public EquatableArray<Endpoint> Endpoints =>
        _endpoints is not null ? _endpoints.ToEquatableArray()
        : _changed is not null ? new(_changed)
        : existing?.Endpoints ?? default;

    public void Add(Endpoint endpoint)
    {
        Editable().Add(endpoint);
        IsChanged = true;
    }

    public void Set(int place, Endpoint endpoint)
    {
        if (_endpoints is not null)
        {
            _endpoints[place] = endpoint;
        }
        else
        {
            _changed ??= existing!.Endpoints.AsSpan().ToArray();
            _changed[place] = endpoint;
        }

        IsChanged = true;
    }

    /// <summary>Takes endpoints out, places in ascending order.</summary>
    public void RemoveAt(IReadOnlyList<int> places)
    {
        List<Endpoint> endpoints = Editable();
        for (int i = places.Count - 1; i >= 0; i--)
        {
            endpoints.RemoveAt(places[i]);
        }

        IsChanged |= places.Count > 0;
    }

    private List<Endpoint> Editable() => _endpoints ??= [.. Endpoints.AsSpan()];
}
