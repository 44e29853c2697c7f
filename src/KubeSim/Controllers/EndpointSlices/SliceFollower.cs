using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>
/// What must be written when only some Pods of a Service have changed: looks at those Pods and the slices they are in, and says
/// the same as <see cref="EndpointSliceReconciler.Reconcile"/>, which looks at everything.
/// </summary>
internal static class SliceFollower
{
    /// <summary>The changes, or null where everything has to be looked at: a slice would go, or Pods have new ports.</summary>
    /// <param name="reconciler">Of the Service.</param>
    /// <param name="slices">Its slices.</param>
    /// <param name="pods">The Pods that have changed, with null for those that do not belong any more, in the order of their names.</param>
    public static SliceChanges? Follow(EndpointSliceReconciler reconciler, ServiceSlices slices, IReadOnlyList<KeyValuePair<string, Pod?>> pods)
    {
        var changes = new SliceChanges();
        foreach (string family in reconciler.Families)
        {
            var step = new Step(reconciler, slices, family);
            foreach ((string name, Pod? pod) in pods)
            {
                step.Look(name, pod, changes.WaitingForNode);
            }

            if (!step.TryFinish(changes))
            {
                return null;
            }
        }

        return changes;
    }

    private sealed class Step(EndpointSliceReconciler reconciler, ServiceSlices slices, string family)
    {
        private readonly List<(SliceEntry Entry, SliceDraft Draft)> _drafts = [];
        private List<SlicePlace>? _gone;
        private List<(EquatableArray<EndpointPort> Ports, List<Endpoint> Endpoints)>? _newcomers;

        public void Look(string name, Pod? pod, List<string> waitingForNode)
        {
            bool waitsForNode = false;
            Endpoint? now = pod is null ? null : reconciler.EndpointOf(pod, family, out waitsForNode);
            EquatableArray<EndpointPort> ports = now is null ? default : reconciler.PortsOf(pod!);
            if (waitsForNode)
            {
                waitingForNode.Add(name);
            }

            if (slices.TryGetPlace(family, name, out SlicePlace place))
            {
                Endpoint before = place.Endpoint;
                if (now is not null && TargetPorts.AreSame(place.Entry.Slice.Ports, ports) && EndpointComparison.IsSame(before, now))
                {
                    if (!EndpointComparison.IsUnchanged(before, now))
                    {
                        DraftOf(place.Entry).Set(place.Index, now);
                    }

                    return;
                }

                (_gone ??= []).Add(place);
            }

            if (now is not null)
            {
                NewcomersWith(ports).Add(now);
            }
        }

        public bool TryFinish(SliceChanges changes)
        {
            if (_gone is not null)
            {
                foreach (IGrouping<SliceEntry, SlicePlace> gone in _gone.GroupBy(place => place.Entry))
                {
                    DraftOf(gone.Key).RemoveAt([.. gone.Select(place => place.Index).Order()]);
                }
            }

            if (_drafts.Exists(draft => draft.Draft.IsEmptied))
            {
                return false;
            }

            foreach ((EquatableArray<EndpointPort> ports, List<Endpoint> endpoints) in _newcomers ?? [])
            {
                if (!TryPlace(ports, endpoints, changes))
                {
                    return false;
                }
            }

            foreach ((SliceEntry entry, SliceDraft draft) in _drafts)
            {
                if (draft.IsChanged)
                {
                    changes.Updates.Add(reconciler.Template.Changed(entry.Slice, reconciler.Hints.Give(draft.Endpoints)));
                }
            }

            return true;
        }

        private bool TryPlace(EquatableArray<EndpointPort> ports, List<Endpoint> endpoints, SliceChanges changes)
        {
            var group = new List<SliceDraft>();
            foreach (SliceEntry entry in slices.Entries)
            {
                if (entry.Slice.AddressType == family && TargetPorts.AreSame(entry.Slice.Ports, ports))
                {
                    group.Add(DraftOf(entry));
                }
            }

            if (group.Count == 0)
            {
                return false;
            }

            SlicePacking.Place(group, endpoints, reconciler.Most);
            foreach (SliceDraft draft in group)
            {
                if (draft.Existing is null)
                {
                    changes.Creates.Add(reconciler.Template.New(family, ports, reconciler.Hints.Give(draft.Endpoints)));
                }
            }

            return true;
        }

        private SliceDraft DraftOf(SliceEntry entry)
        {
            foreach ((SliceEntry known, SliceDraft draft) in _drafts)
            {
                if (ReferenceEquals(known, entry))
                {
                    return draft;
                }
            }

            _drafts.Add((entry, new SliceDraft(entry.Slice)));
            return _drafts[^1].Draft;
        }

        private List<Endpoint> NewcomersWith(EquatableArray<EndpointPort> ports)
        {
            _newcomers ??= [];
            foreach ((EquatableArray<EndpointPort> known, List<Endpoint> endpoints) in _newcomers)
            {
                if (TargetPorts.AreSame(known, ports))
                {
                    return endpoints;
                }
            }

            _newcomers.Add((ports, []));
            return _newcomers[^1].Endpoints;
        }
    }
}
