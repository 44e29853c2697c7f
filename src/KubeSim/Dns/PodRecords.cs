using KubeSim.Api;
using KubeSim.ApiServer;

namespace KubeSim.Dns;

/// <summary>The Pods by their first address. A Pod that has ended, or that was already going when the server first saw it, is not among them.</summary>
/// <source>coredns plugin/kubernetes/controller.go, podWatchFunc and object/pod.go</source>
internal sealed class PodRecords
{
    private readonly Dictionary<NamespacedName, Pod> _known = [];
    private readonly Dictionary<string, SortedSet<NamespacedName>> _byAddress = new(StringComparer.Ordinal);

    /// <summary>How many changes there were that DNS can see: Pods that come, go or change their address.</summary>
    public long VisibleChanges { get; private set; }

    /// <summary>Whether a Pod of a namespace has an address, as text; readiness does not matter.</summary>
    public bool Has(ReadOnlySpan<char> space, string address)
    {
        foreach (NamespacedName pod in _byAddress.GetValueOrDefault(address) ?? [])
        {
            if (space.Equals(pod.Namespace, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The Pod that has an address; null for none.</summary>
    public NamespacedName? Find(string address) => _byAddress.TryGetValue(address, out SortedSet<NamespacedName>? pods) ? pods.Min : default(NamespacedName?);

    public void Apply(in ObjectChange<Pod> change)
    {
        Pod pod = change.Object;
        Pod? before = _known.GetValueOrDefault(pod.Name);
        bool isGone = change.Type == WatchEventType.Deleted || pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed or PodPhase.Unknown;
        Pod? now = isGone || (before is null && pod.Metadata.DeletionTimestamp is not null) ? null : pod;
        string old = AddressOf(before);
        string address = AddressOf(now);
        VisibleChanges += (before is null) == (now is null) && old == address ? 0 : 1;
        if (now is null)
        {
            _known.Remove(pod.Name);
        }
        else
        {
            _known[pod.Name] = now;
        }

        if (old != address)
        {
            Move(pod.Name, old, address);
        }
    }

    private static string AddressOf(Pod? pod) => pod?.Status.PodIP ?? "";

    private void Move(NamespacedName pod, string old, string address)
    {
        if (_byAddress.TryGetValue(old, out SortedSet<NamespacedName>? pods) && pods.Remove(pod) && pods.Count == 0)
        {
            _byAddress.Remove(old);
        }

        if (address.Length > 0)
        {
            if (!_byAddress.TryGetValue(address, out SortedSet<NamespacedName>? sharing))
            {
                _byAddress.Add(address, sharing = []);
            }

            sharing.Add(pod);
        }
    }
}
