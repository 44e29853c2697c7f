using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>What is wanted of a Pod.</summary>
public sealed record PodSpec
{
    /// <summary>The one in which nothing is set.</summary>
    public static PodSpec Empty { get; } = new();

    /// <summary>The node it runs on; null until it is scheduled.</summary>
    public string? NodeName { get; init; }

    /// <summary>Labels that its node must have.</summary>
    public LabelSet NodeSelector { get; init; }

    /// <summary>Whether it shares the node's addresses instead of having its own.</summary>
    public bool? HostNetwork { get; init; }

    /// <summary>Its name in the headless Service named by Subdomain.</summary>
    public string? Hostname { get; init; }

    /// <summary>The headless Service that gives it a name.</summary>
    public string? Subdomain { get; init; }

    /// <summary>Whether its hostname is the full name.</summary>
    public bool? SetHostnameAsFQDN { get; init; }

    /// <summary>Where its resolver configuration comes from: see <see cref="Api.DnsPolicy"/>.</summary>
    public string? DnsPolicy { get; init; }

    /// <summary>What is added to its resolver configuration.</summary>
    public PodDnsConfig? DnsConfig { get; init; }

    /// <summary><c>Always</c>, <c>OnFailure</c> or <c>Never</c>.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>How long it has from its deletion to being killed.</summary>
    /// <value>Seconds; 30 by default.</value>
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>The ServiceAccount it runs as.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>What runs to its end, one after another, before the containers start.</summary>
    public EquatableArray<Container> InitContainers { get; init; }

    /// <summary>What runs in it.</summary>
    public EquatableArray<Container> Containers { get; init; }

    /// <summary>Taints that do not keep it away.</summary>
    public EquatableArray<Toleration> Tolerations { get; init; }

    /// <summary>Conditions that must be true besides the containers' readiness.</summary>
    public EquatableArray<PodReadinessGate> ReadinessGates { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static PodSpec Map(FieldMap map, PodSpec? value) => new()
    {
        NodeName = map.Text("nodeName", value?.NodeName),
        NodeSelector = map.Labels("nodeSelector", value?.NodeSelector ?? default),
        HostNetwork = map.Flag("hostNetwork", value?.HostNetwork),
        Hostname = map.Text("hostname", value?.Hostname),
        Subdomain = map.Text("subdomain", value?.Subdomain),
        SetHostnameAsFQDN = map.Flag("setHostnameAsFQDN", value?.SetHostnameAsFQDN),
        DnsPolicy = map.Text("dnsPolicy", value?.DnsPolicy),
        DnsConfig = map.Object("dnsConfig", value?.DnsConfig, PodDnsConfig.Map),
        RestartPolicy = map.Text("restartPolicy", value?.RestartPolicy),
        TerminationGracePeriodSeconds = map.Number("terminationGracePeriodSeconds", value?.TerminationGracePeriodSeconds),
        ServiceAccountName = map.Text("serviceAccountName", value?.ServiceAccountName),
        InitContainers = map.List("initContainers", value?.InitContainers ?? default, Container.Map),
        Containers = map.List("containers", value?.Containers ?? default, Container.Map),
        Tolerations = map.List("tolerations", value?.Tolerations ?? default, Toleration.Map),
        ReadinessGates = map.List("readinessGates", value?.ReadinessGates ?? default, PodReadinessGate.Map),
        Carried = map.Rest(
            value?.Carried ?? default,
            "activeDeadlineSeconds", "affinity", "automountServiceAccountToken", "enableServiceLinks", "ephemeralContainers", "hostAliases", "hostIPC", "hostPID",
            "hostUsers", "hostnameOverride", "imagePullSecrets", "os", "overhead", "preemptionPolicy", "priority", "priorityClassName", "resourceClaims", "resources",
            "runtimeClassName", "schedulerName", "schedulingGates", "schedulingGroup", "securityContext", "serviceAccount", "shareProcessNamespace", "topologySpreadConstraints", "volumes"),
    };
}
