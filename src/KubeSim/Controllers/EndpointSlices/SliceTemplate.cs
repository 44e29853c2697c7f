using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>What every slice of one Service says beside its endpoints: labels, owner, the beginning of its name.</summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice, utils.go: newEndpointSlice, setEndpointSliceLabels</source>
internal sealed class SliceTemplate
{
    private const int LongestName = 253;
    private const int SuffixLength = 5;

    private readonly Service _service;
    private readonly EquatableArray<OwnerReference> _owners;
    private readonly string _generateName;

    public SliceTemplate(Service service)
    {
        _service = service;
        string name = service.Metadata.Name;
        _generateName = PrefixOf(name);
        _owners =
        [
            new OwnerReference { ApiVersion = "v1", Kind = "Service", Name = name, Uid = service.Metadata.Uid ?? "", Controller = true, BlockOwnerDeletion = true },
        ];

        LabelSet labels = service.Metadata.Labels.Without(WellKnownLabels.Headless)
            .With(WellKnownLabels.ServiceName, name)
            .With(WellKnownLabels.SliceManagedBy, WellKnownLabels.EndpointSliceController);
        Labels = IsHeadless(service) ? labels.With(WellKnownLabels.Headless, "") : labels;
    }

    public LabelSet Labels { get; }

    /// <summary>The annotation of the slices that this sync writes: when the change happened from which it follows; null for none.</summary>
    public string? TriggerTime { get; set; }

    /// <summary>What the names of a Service's slices begin with: no dash where there is no room for it.</summary>
    public static string PrefixOf(string service) =>
        service.Length + 1 + SuffixLength > LongestName ? service[..Math.Min(service.Length, LongestName - SuffixLength)] : service + "-";

    public static bool IsHeadless(Service service) => service.Spec.ClusterIP is null or "" or "None";

    /// <summary>A slice that does not exist yet.</summary>
    public EndpointSlice New(string family, EquatableArray<EndpointPort> ports, EquatableArray<Endpoint> endpoints) => new()
    {
        Metadata = new ObjectMeta
        {
            GenerateName = _generateName,
            Namespace = _service.Metadata.Namespace,
            Labels = Labels,
            Annotations = AnnotationsFrom(default),
            OwnerReferences = _owners,
        },
        AddressType = family,
        Ports = ports,
        Endpoints = endpoints,
    };

    /// <summary>An existing slice with other endpoints.</summary>
    public EndpointSlice Changed(EndpointSlice slice, EquatableArray<Endpoint> endpoints) => slice with
    {
        Metadata = slice.Metadata with { Labels = Labels, Annotations = AnnotationsFrom(slice.Metadata.Annotations) },
        Endpoints = endpoints,
    };

    /// <summary>Whether the slice is this Service's, not that of an earlier one of the same name.</summary>
    public bool Owns(EndpointSlice slice)
    {
        foreach (OwnerReference owner in slice.Metadata.OwnerReferences)
        {
            if (owner.Uid == _owners[0].Uid)
            {
                return true;
            }
        }

        return false;
    }

    private LabelSet AnnotationsFrom(LabelSet annotations) =>
        TriggerTime is null ? annotations.Without(WellKnownLabels.LastChangeTriggerTime)
        : annotations[WellKnownLabels.LastChangeTriggerTime] == TriggerTime ? annotations
        : annotations.With(WellKnownLabels.LastChangeTriggerTime, TriggerTime);
}
