using KubeSim.Api;

namespace KubeSim.CloudProvider;

/// <summary>
/// On which nodes a Service has ready endpoints: what kube-proxy's health check node port answers. Counting costs as much as the slice
/// that changed, and is done only for Services that need it.
/// </summary>
internal sealed class LocalEndpoints
{
    private readonly Dictionary<string, EndpointSlice> _slices = new(StringComparer.Ordinal);
    private Dictionary<string, int>? _readyByNode;

    public bool IsEmpty => _slices.Count == 0;

    /// <summary>Whether a node has a ready endpoint; terminating ones do not count.</summary>
    public bool HasReady(string node) => (_readyByNode ??= CountAll()).ContainsKey(node);

    /// <summary>Takes news of a slice; true when a node got its first ready endpoint or lost its last one.</summary>
    /// <param name="name">The slice's name.</param>
    /// <param name="slice">The slice; null when it is gone.</param>
    public bool Apply(string name, EndpointSlice? slice)
    {
        EndpointSlice? old = _slices.GetValueOrDefault(name);
        if (slice is null)
        {
            _slices.Remove(name);
        }
        else
        {
            _slices[name] = slice;
        }

        if (_readyByNode is null)
        {
            return false;
        }

        // First what is new, so that a node whose endpoint stays is not seen to lose it.
        bool gained = Count(_readyByNode, slice, 1);
        return Count(_readyByNode, old, -1) || gained;
    }

    /// <summary>Nobody asks any more; counting begins anew when somebody does.</summary>
    public void StopCounting() => _readyByNode = null;

    private static bool Count(Dictionary<string, int> readyByNode, EndpointSlice? slice, int by)
    {
        bool changes = false;
        foreach (Endpoint endpoint in slice?.Endpoints ?? default)
        {
            if (endpoint.Conditions.Ready == false || endpoint.NodeName is null)
            {
                continue;
            }

            int count = readyByNode.GetValueOrDefault(endpoint.NodeName);
            changes |= count == 0 || count + by == 0;
            if (count + by == 0)
            {
                readyByNode.Remove(endpoint.NodeName);
            }
            else
            {
                readyByNode[endpoint.NodeName] = count + by;
            }
        }

        return changes;
    }

    private Dictionary<string, int> CountAll()
    {
        var readyByNode = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (EndpointSlice slice in _slices.Values)
        {
            Count(readyByNode, slice, 1);
        }

        return readyByNode;
    }
}
