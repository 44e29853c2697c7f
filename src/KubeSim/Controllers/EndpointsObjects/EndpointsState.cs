using KubeSim.Api;
using KubeSim.Controllers.EndpointSlices;

namespace KubeSim.Controllers.EndpointsObjects;

/// <summary>What the Endpoints controller remembers of a Service: what each Pod contributes, in the order of the object.</summary>
internal sealed class EndpointsState
{
    private static readonly Comparer<EndpointMember> ByAddress = Comparer<EndpointMember>.Create(EndpointMember.Order);

    private readonly List<EndpointMember> _members = [];
    private readonly Dictionary<string, EndpointMember> _byPod = new(StringComparer.Ordinal);

    public TriggerTimes TriggerTimes { get; } = new();

    /// <summary>Pods that have changed since the last sync; null for those that are no longer selected.</summary>
    public Dictionary<string, Pod?> Changed { get; } = new(StringComparer.Ordinal);

    /// <summary>Of the Service as it was at the last sync; null where every Pod has to be looked at.</summary>
    public EndpointsReconciler? Reconciler { get; set; }

    public IReadOnlyList<EndpointMember> Members => _members;

    /// <summary>Starts anew with these Pods.</summary>
    public void Fill(IEnumerable<Pod> pods, EndpointsReconciler reconciler)
    {
        _members.Clear();
        _byPod.Clear();
        foreach (Pod pod in pods)
        {
            if (reconciler.MemberOf(pod) is { } member)
            {
                _members.Add(member);
                _byPod.Add(pod.Metadata.Name, member);
            }
        }

        _members.Sort(ByAddress);
    }

    /// <summary>What a Pod contributes now; null for nothing.</summary>
    public void Set(string pod, EndpointMember? now)
    {
        if (_byPod.Remove(pod, out EndpointMember? before))
        {
            int place = Search(before);
            if (now is not null && EndpointMember.Order(before, now) == 0)
            {
                _members[place] = now;
                _byPod.Add(pod, now);
                return;
            }

            _members.RemoveAt(place);
        }

        if (now is not null)
        {
            int place = Search(now);
            _members.Insert(place < 0 ? ~place : place, now);
            _byPod.Add(pod, now);
        }
    }

    private int Search(EndpointMember member) => _members.BinarySearch(member, ByAddress);
}
