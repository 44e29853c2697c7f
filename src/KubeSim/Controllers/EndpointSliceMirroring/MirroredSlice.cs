using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Controllers.EndpointSlices;

namespace KubeSim.Controllers.EndpointSliceMirroring;

/// <summary>What every slice that mirrors one Endpoints object says beside its endpoints.</summary>
internal sealed class MirroredSlice
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private readonly ObjectMeta _metadata;

    public MirroredSlice(Endpoints endpoints)
    {
        string name = endpoints.Metadata.Name;
        _metadata = new ObjectMeta
        {
            GenerateName = SliceTemplate.PrefixOf(name),
            Namespace = endpoints.Metadata.Namespace,
            Labels = endpoints.Metadata.Labels.With(WellKnownLabels.ServiceName, name).With(WellKnownLabels.SliceManagedBy, WellKnownLabels.EndpointSliceMirroringController),
            Annotations = endpoints.Metadata.Annotations.Without(LastApplied).Without(WellKnownLabels.LastChangeTriggerTime),
            OwnerReferences =
            [
                new OwnerReference { ApiVersion = "v1", Kind = "Endpoints", Name = name, Uid = endpoints.Metadata.Uid ?? "", Controller = true, BlockOwnerDeletion = true },
            ],
        };
    }

    public EndpointSlice New(string family, EquatableArray<EndpointPort> ports, EquatableArray<Endpoint> endpoints) =>
        new() { Metadata = _metadata, AddressType = family, Ports = ports, Endpoints = endpoints };

    /// <summary>An existing slice that becomes the wanted one.</summary>
    public static EndpointSlice Changed(EndpointSlice existing, EndpointSlice wanted) => wanted with
    {
        Metadata = existing.Metadata with
        {
            Namespace = wanted.Metadata.Namespace,
            Labels = wanted.Metadata.Labels,
            Annotations = wanted.Metadata.Annotations,
            OwnerReferences = wanted.Metadata.OwnerReferences,
        },
    };

    /// <summary>Whether a slice needs no write; the order of its endpoints and its owners are not looked at.</summary>
    public bool IsRight(EndpointSlice existing, EndpointSlice wanted) =>
        existing.Metadata.Labels == _metadata.Labels && existing.Metadata.Annotations == _metadata.Annotations
        && existing.Endpoints.Length == wanted.Endpoints.Length && wanted.Endpoints.All(endpoint => existing.Endpoints.AsSpan().Contains(endpoint));
}
