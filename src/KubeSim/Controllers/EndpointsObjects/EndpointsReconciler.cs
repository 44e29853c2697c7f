using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Controllers.EndpointSlices;

namespace KubeSim.Controllers.EndpointsObjects;

/// <summary>From a Service and its Pods to the Endpoints object of the same name.</summary>
/// <source>kubernetes v1.36, pkg/controller/endpoint/endpoints_controller.go; pkg/api/v1/endpoints/util.go: RepackSubsets</source>
internal sealed class EndpointsReconciler
{
    /// <summary>Addresses in one object.</summary>
    public const int Capacity = 1000;

    private readonly Service _service;
    private readonly TargetPorts _ports;
    private readonly LabelSet _labels;
    private readonly string _family;

    public EndpointsReconciler(Service service)
    {
        _service = service;
        _ports = new TargetPorts(service.Spec.Ports);
        _family = service.Spec.IPFamilies is [var first, ..] ? first : service.Spec.ClusterIP?.Contains(':', StringComparison.Ordinal) == true ? IPFamily.IPv6 : IPFamily.IPv4;
        LabelSet labels = service.Metadata.Labels.Without(WellKnownLabels.Headless).With(WellKnownLabels.EndpointsManagedBy, WellKnownLabels.EndpointController);
        _labels = SliceTemplate.IsHeadless(service) ? labels.With(WellKnownLabels.Headless, "") : labels;
    }

    /// <summary>Whether the controller made an object, and so removes it with its Service.</summary>
    public static bool IsKept(Endpoints endpoints) => endpoints.Metadata.Labels.ContainsKey(WellKnownLabels.EndpointsManagedBy);

    /// <summary>What a selected Pod contributes, or null.</summary>
    public EndpointMember? MemberOf(Pod pod)
    {
        bool toleratesUnready = _service.Spec.PublishNotReadyAddresses == true;
        if (!PodEndpoint.IsWanted(pod) || (pod.Metadata.DeletionTimestamp is not null && !toleratesUnready) || PodEndpoint.AddressOf(pod, _family) is not { } address)
        {
            return null;
        }

        EquatableArray<EndpointPort> ports = _ports.Of(pod);
        if (ports.IsEmpty && !(_service.Spec.Ports.IsEmpty && _service.Spec.ClusterIP == "None"))
        {
            return null;
        }

        return new EndpointMember(
            new EndpointAddress
            {
                IP = address,
                Hostname = PodEndpoint.HostnameOf(_service, pod),
                NodeName = pod.Spec.NodeName ?? "",
                TargetRef = PodEndpoint.ReferenceTo(pod),
            },
            ports,
            toleratesUnready || PodEndpoint.IsReady(pod));
    }

    /// <summary>The object as it should be, or null where the present one is right.</summary>
    /// <param name="members">What the Pods contribute, in <see cref="EndpointMember.Order"/>.</param>
    /// <param name="existing">The present object, if there is one.</param>
    /// <param name="triggerTime">When the change happened from which this follows; null for none.</param>
    public Endpoints? Reconcile(IReadOnlyList<EndpointMember> members, Endpoints? existing, string? triggerTime)
    {
        EquatableArray<EndpointSubset> subsets = EndpointsCapacity.Truncate(Subsets(members), Capacity, out bool isTruncated);
        LabelSet before = existing?.Metadata.Annotations ?? default;
        LabelSet annotations = isTruncated ? before.With(WellKnownLabels.OverCapacity, "truncated") : before.Without(WellKnownLabels.OverCapacity);
        if (existing is not null && existing.Subsets == subsets && existing.Metadata.Labels.Without(WellKnownLabels.Headless) == _labels.Without(WellKnownLabels.Headless) && annotations == before)
        {
            return null;
        }

        existing ??= new Endpoints { Metadata = new ObjectMeta { Name = _service.Metadata.Name, Namespace = _service.Metadata.Namespace } };
        annotations = triggerTime is null ? annotations.Without(WellKnownLabels.LastChangeTriggerTime) : annotations.With(WellKnownLabels.LastChangeTriggerTime, triggerTime);
        return existing with { Metadata = existing.Metadata with { Labels = _labels, Annotations = annotations }, Subsets = subsets };
    }

    /// <summary>One subset for each set of addresses, with all ports that these have, in the order of the ports.</summary>
    private static EquatableArray<EndpointSubset> Subsets(IReadOnlyList<EndpointMember> members)
    {
        List<EquatableArray<EndpointPort>> groups = [];
        foreach (EndpointMember member in members)
        {
            if (!groups.Exists(group => group == member.Ports))
            {
                groups.Add(member.Ports);
            }
        }

        var subsets = new List<EndpointSubset>();
        foreach (IGrouping<string, EndpointPort?> ports in PortsOf(groups).GroupBy(port => OwnersOf(port, groups), StringComparer.Ordinal))
        {
            EndpointPort? one = ports.First();
            EndpointMember[] owners = [.. members.Where(member => Has(member.Ports, one))];
            subsets.Add(new EndpointSubset
            {
                Addresses = owners.Where(owner => owner.IsReady).Select(owner => owner.Address).ToEquatableArray(),
                NotReadyAddresses = owners.Where(owner => !owner.IsReady).Select(owner => owner.Address).ToEquatableArray(),
                Ports = ports.OfType<EndpointPort>().Where(port => port.Port > 0).Select(WithoutEmptyName).ToEquatableArray(), // only unchecked objects have such without number
            });
        }

        return subsets.ToEquatableArray();
    }

    /// <summary>Every port once; null stands for having none.</summary>
    private static IEnumerable<EndpointPort?> PortsOf(List<EquatableArray<EndpointPort>> groups) =>
        groups.SelectMany(group => group.IsEmpty ? [null] : group.Select(port => (EndpointPort?)port)).Distinct();

    /// <summary>Unlike a slice, the object leaves an empty name out.</summary>
    private static EndpointPort WithoutEmptyName(EndpointPort port) => port.Name is "" ? port with { Name = null } : port;

    /// <summary>Which of the groups have a port.</summary>
    private static string OwnersOf(EndpointPort? port, List<EquatableArray<EndpointPort>> groups) =>
        string.Concat(groups.Select(group => Has(group, port) ? '1' : '0'));

    private static bool Has(EquatableArray<EndpointPort> ports, EndpointPort? port) => port is null ? ports.IsEmpty : ports.AsSpan().Contains(port);
}
