using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>From a Service and its Pods: which slices must be created, changed and deleted.</summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice/reconciler.go</source>
internal sealed class EndpointSliceReconciler
{
    private readonly Service _service;
    private readonly SliceTemplate _template;
    private readonly Func<string, Node?> _nodes;
    private readonly TargetPorts _ports;
    private readonly SliceHints _hints;
    private readonly Func<SortedDictionary<string, double>?>? _zoneShares;
    private readonly int _most;

    /// <param name="service">The Service whose slices they are.</param>
    /// <param name="nodes">The Node of a name, or null.</param>
    /// <param name="most">Endpoints in one slice.</param>
    /// <param name="zoneShares">What <see cref="ZoneShares"/> says; null where hints by capacity are off.</param>
    public EndpointSliceReconciler(Service service, Func<string, Node?> nodes, int most, Func<SortedDictionary<string, double>?>? zoneShares = null)
    {
        _zoneShares = zoneShares;
        _service = service;
        _nodes = nodes;
        _most = most;
        _template = new SliceTemplate(service);
        _ports = new TargetPorts(service.Spec.Ports);
        _hints = SliceHints.Of(service);
        Families = FamiliesOf(service);
    }

    /// <summary>The address types that the Service's slices have.</summary>
    public EquatableArray<string> Families { get; }

    /// <summary>Whether hints follow from all endpoints and nodes together, so that no change stands alone.</summary>
    public bool HasTopologyHints => _zoneShares is not null && TopologyHints.AreWantedBy(_service);

    /// <summary>Whether the Service's slices have hints by capacity since an earlier sync; told by who remembers it, and true afterwards where this sync gave some.</summary>
    public bool TopologyHintsWereGiven { get; set; }

    public SliceTemplate Template => _template;

    public SliceHints Hints => _hints;

    public int Most => _most;

    /// <summary>Whether this controller keeps slices for the Service at all.</summary>
    public static bool IsFor(Service service) => service.Spec.Type != ServiceType.ExternalName && !service.Spec.Selector.IsAbsent;

    public EquatableArray<EndpointPort> PortsOf(Pod pod) => _ports.Of(pod);

    /// <summary>What a Pod contributes in a family, without hints; null for nothing.</summary>
    /// <param name="pod">A selected Pod.</param>
    /// <param name="family">An address type.</param>
    /// <param name="waitsForNode">The Pod would contribute if its Node were known.</param>
    public Endpoint? EndpointOf(Pod pod, string family, out bool waitsForNode)
    {
        waitsForNode = false;
        if (!PodEndpoint.IsWanted(pod))
        {
            return null;
        }

        Node? node = string.IsNullOrEmpty(pod.Spec.NodeName) ? null : _nodes(pod.Spec.NodeName);
        if (node is null && _service.Spec.PublishNotReadyAddresses != true)
        {
            waitsForNode = true;
            return null;
        }

        string? zone = node?.Metadata.Labels[WellKnownLabels.Zone];
        return PodEndpoint.Of(_service, pod, string.IsNullOrEmpty(zone) ? null : zone, family);
    }

    /// <summary>Compares everything with everything.</summary>
    /// <param name="pods">The selected Pods in the order of their names.</param>
    /// <param name="existing">The slices of the Service that this controller keeps, in the order of their names.</param>
    public SliceChanges Reconcile(IReadOnlyList<Pod> pods, IReadOnlyList<EndpointSlice> existing)
    {
        var changes = new SliceChanges();
        foreach (EndpointSlice slice in existing)
        {
            if (!Families.AsSpan().Contains(slice.AddressType))
            {
                changes.Deletes.Add(slice);
            }
        }

        foreach (string family in Families)
        {
            ReconcileFamily(family, pods, existing, changes);
        }

        if (_service.Metadata.DeletionTimestamp is not null)
        {
            changes.Creates.Clear();
        }

        return changes;
    }

    private void ReconcileFamily(string family, IReadOnlyList<Pod> pods, IReadOnlyList<EndpointSlice> existing, SliceChanges changes)
    {
        List<PortGroup> groups = GroupsOf(family, pods, changes);
        var creates = new List<EndpointSlice>();
        var updates = new List<EndpointSlice>();
        var deletes = new List<EndpointSlice>();
        var untouched = new List<EndpointSlice>();
        int count = 0;
        foreach (EndpointSlice slice in existing)
        {
            if (slice.AddressType != family)
            {
                continue;
            }

            count++;
            PortGroup? group = _template.Owns(slice) ? groups.Find(group => TargetPorts.AreSame(group.Ports, slice.Ports)) : null;
            if (group is null)
            {
                deletes.Add(slice);
            }
            else
            {
                group.Keep(slice, _template.Labels);
            }
        }

        foreach (PortGroup group in groups)
        {
            group.Place(_most);
            foreach (SliceDraft draft in group.Drafts)
            {
                Sort(draft, group, family, creates, updates, deletes, untouched);
            }
        }

        KeepPlaceholder(family, count, creates, deletes);
        Recycle(creates, updates, deletes);
        if (HasTopologyHints)
        {
            GiveTopologyHints(family, creates, updates, untouched, changes);
        }
        else if (TopologyHintsWereGiven)
        {
            TopologyHintsWereGiven = false;
            changes.Events.Add($"Warning TopologyAwareHintsDisabled Topology Aware Hints has been disabled, addressType: {family}");
        }

        foreach (EndpointSlice slice in HasTopologyHints ? [] : untouched)
        {
            if (_hints.AreMissing(slice.Endpoints))
            {
                updates.Add(_template.Changed(slice, _hints.Give(slice.Endpoints)));
            }
        }

        changes.Creates.AddRange(creates);
        changes.Updates.AddRange(updates);
        changes.Deletes.AddRange(deletes);
    }

    private void GiveTopologyHints(string family, List<EndpointSlice> creates, List<EndpointSlice> updates, List<EndpointSlice> untouched, SliceChanges changes)
    {
        int changed = updates.Count;
        string problem = new TopologyHints(creates, updates, untouched).Give(_zoneShares!());
        for (int i = changed; i < updates.Count; i++)
        {
            updates[i] = _template.Changed(updates[i], updates[i].Endpoints);
        }

        if (problem.Length > 0)
        {
            TopologyHintsWereGiven = false;
            changes.Events.Add($"Warning TopologyAwareHintsDisabled {problem}, addressType: {family}");
        }
        else if (!TopologyHintsWereGiven)
        {
            TopologyHintsWereGiven = true;
            changes.Events.Add($"Normal TopologyAwareHintsEnabled Topology Aware Hints has been enabled, addressType: {family}");
        }
    }

    private List<PortGroup> GroupsOf(string family, IReadOnlyList<Pod> pods, SliceChanges changes)
    {
        var groups = new List<PortGroup>();
        foreach (Pod pod in pods)
        {
            if (!PodEndpoint.IsWanted(pod))
            {
                continue;
            }

            EquatableArray<EndpointPort> ports = _ports.Of(pod);
            PortGroup? group = groups.Find(group => TargetPorts.AreSame(group.Ports, ports));
            if (group is null)
            {
                group = new PortGroup(ports);
                groups.Add(group);
            }

            if (EndpointOf(pod, family, out bool waitsForNode) is { } endpoint)
            {
                group.Want(endpoint);
            }
            else if (waitsForNode)
            {
                changes.WaitingForNode.Add(pod.Metadata.Name);
            }
        }

        return groups;
    }

    private void Sort(
        SliceDraft draft, PortGroup group, string family, List<EndpointSlice> creates, List<EndpointSlice> updates, List<EndpointSlice> deletes, List<EndpointSlice> untouched)
    {
        if (draft.Existing is not { } slice)
        {
            creates.Add(_template.New(family, group.Ports, _hints.Give(draft.Endpoints)));
        }
        else if (!draft.IsChanged)
        {
            untouched.Add(slice);
        }
        else if (draft.IsEmptied)
        {
            deletes.Add(slice);
        }
        else
        {
            updates.Add(_template.Changed(slice, _hints.Give(draft.Endpoints)));
        }
    }

    /// <summary>A Service that would have no slice of a family has an empty one.</summary>
    private void KeepPlaceholder(string family, int existing, List<EndpointSlice> creates, List<EndpointSlice> deletes)
    {
        if (creates.Count > 0 || deletes.Count < existing)
        {
            return;
        }

        if (deletes is [{ Endpoints.IsEmpty: true, Ports.IsEmpty: true } only] && only.Metadata.Labels == _template.Labels && _template.Owns(only))
        {
            deletes.Clear();
        }
        else
        {
            creates.Add(_template.New(family, default, default));
        }
    }

    /// <summary>Where one slice goes and another comes, one changes instead.</summary>
    private void Recycle(List<EndpointSlice> creates, List<EndpointSlice> updates, List<EndpointSlice> deletes)
    {
        for (int i = 0; i < deletes.Count && creates.Count > 0;)
        {
            EndpointSlice slice = deletes[i];
            if (!_template.Owns(slice))
            {
                i++;
                continue;
            }

            EndpointSlice wanted = creates[^1];
            creates.RemoveAt(creates.Count - 1);
            deletes.RemoveAt(i);
            updates.Add(_template.Changed(slice, wanted.Endpoints) with { Ports = wanted.Ports });
        }
    }

    private static EquatableArray<string> FamiliesOf(Service service)
    {
        if (!service.Spec.IPFamilies.IsEmpty)
        {
            return service.Spec.IPFamilies;
        }

        return service.Spec.ClusterIP is { Length: > 0 } address && address != "None"
            ? [address.Contains(':', StringComparison.Ordinal) ? IPFamily.IPv6 : IPFamily.IPv4]
            : [IPFamily.IPv4, IPFamily.IPv6];
    }
}
