using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>The Pods of a Service that have the same ports, and the slices they are in: of one address type.</summary>
internal sealed class PortGroup(EquatableArray<EndpointPort> ports)
{
    private readonly Dictionary<string, Endpoint> _wanted = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public EquatableArray<EndpointPort> Ports => ports;

    public List<SliceDraft> Drafts { get; } = [];

    /// <summary>An endpoint that has to be in one of the slices.</summary>
    public void Want(Endpoint endpoint)
    {
        string pod = endpoint.TargetRef!.Name!;
        _wanted.Add(pod, endpoint);
        _order.Add(pod);
    }

    /// <summary>Takes an existing slice in: what is wanted of it stays, with its new data; the rest leaves.</summary>
    public void Keep(EndpointSlice slice, LabelSet labels)
    {
        var draft = new SliceDraft(slice) { IsChanged = slice.Metadata.Labels != labels };
        List<int>? gone = null;
        for (int i = 0; i < slice.Endpoints.Length; i++)
        {
            Endpoint before = slice.Endpoints[i];
            if (before.TargetRef?.Name is { } pod && _wanted.TryGetValue(pod, out Endpoint? now) && EndpointComparison.IsSame(before, now))
            {
                _wanted.Remove(pod);
                if (!EndpointComparison.IsUnchanged(before, now))
                {
                    draft.Set(i, now);
                }
            }
            else
            {
                (gone ??= []).Add(i);
            }
        }

        if (gone is not null)
        {
            draft.RemoveAt(gone);
        }

        Drafts.Add(draft);
    }

    /// <summary>Puts what is in no slice yet into some.</summary>
    public void Place(int most) => SlicePacking.Place(Drafts, [.. _order.Where(_wanted.ContainsKey).Select(pod => _wanted[pod])], most);
}
