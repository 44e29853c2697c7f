namespace KubeSim.Api;

/// <summary>Keys of labels and annotations that components agree on, and values that only one of them writes.</summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/api, discovery/v1/well_known_labels.go and core/v1/well_known_labels.go</source>
internal static class WellKnownLabels
{
    /// <summary>On a Node: its zone.</summary>
    public const string Zone = "topology.kubernetes.io/zone";

    /// <summary>On an EndpointSlice: the Service that it belongs to.</summary>
    public const string ServiceName = "kubernetes.io/service-name";

    /// <summary>On an EndpointSlice: who keeps it.</summary>
    public const string SliceManagedBy = "endpointslice.kubernetes.io/managed-by";

    /// <summary>The value of <see cref="SliceManagedBy"/> on slices made from a selector.</summary>
    public const string EndpointSliceController = "endpointslice-controller.k8s.io";

    /// <summary>The value for slices that mirror an Endpoints object.</summary>
    public const string EndpointSliceMirroringController = "endpointslicemirroring-controller.k8s.io";

    /// <summary>On an Endpoints object: who keeps it.</summary>
    public const string EndpointsManagedBy = "endpoints.kubernetes.io/managed-by";

    /// <summary>The value of <see cref="EndpointsManagedBy"/> on objects made from a selector.</summary>
    public const string EndpointController = "endpoint-controller";

    /// <summary>On EndpointSlices and Endpoints, with an empty value: the Service has no ClusterIP.</summary>
    public const string Headless = "service.kubernetes.io/headless";

    /// <summary>On a Service: another proxy than kube-proxy serves it.</summary>
    public const string ServiceProxyName = "service.kubernetes.io/service-proxy-name";

    /// <summary>An annotation of a Service: hints by the zones' capacity.</summary>
    public const string TopologyMode = "service.kubernetes.io/topology-mode";

    /// <summary>The older name of <see cref="TopologyMode"/>, which counts before it.</summary>
    public const string TopologyAwareHints = "service.kubernetes.io/topology-aware-hints";

    /// <summary>An annotation of EndpointSlices and Endpoints: when the change happened from which they follow.</summary>
    public const string LastChangeTriggerTime = "endpoints.kubernetes.io/last-change-trigger-time";

    /// <summary>An annotation of Endpoints: <c>truncated</c> where addresses were left out.</summary>
    public const string OverCapacity = "endpoints.kubernetes.io/over-capacity";
}
