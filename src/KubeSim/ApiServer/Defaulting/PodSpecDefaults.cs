using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>What a Pod's spec says that leaves things out, also that of a template.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/v1/defaults.go, SetDefaults_PodSpec, SetDefaults_Pod; the admission plug-ins DefaultTolerationSeconds and Priority</source>
internal static class PodSpecDefaults
{
    private const string Exists = "Exists";
    private const string NoExecute = "NoExecute";
    private const string NotReady = "node.kubernetes.io/not-ready";
    private const string Unreachable = "node.kubernetes.io/unreachable";

    private static readonly JsonField[] OfTemplate = [CarriedDefaults.Empty("securityContext"), CarriedDefaults.Text("schedulerName", "default-scheduler")];
    private static readonly JsonField[] OfPod = [CarriedDefaults.Flag("enableServiceLinks", true), CarriedDefaults.Text("preemptionPolicy", "PreemptLowerPriority")];
    private static readonly JsonField NoPriority = CarriedDefaults.Number("priority", 0);
    private static readonly Toleration ToleratesNotReady = new() { Key = NotReady, Operator = Exists, Effect = NoExecute, TolerationSeconds = 300 };
    private static readonly Toleration ToleratesUnreachable = new() { Key = Unreachable, Operator = Exists, Effect = NoExecute, TolerationSeconds = 300 };

    /// <summary>Completes a template's spec.</summary>
    internal static PodSpec Complete(PodSpec spec)
    {
        bool hostNetwork = spec.HostNetwork == true;
        EquatableArray<Container> containers = spec.Containers.Complete(ContainerDefaults.Complete, hostNetwork);
        EquatableArray<Container> initContainers = spec.InitContainers.Complete(ContainerDefaults.Complete, hostNetwork);
        if (containers != spec.Containers || initContainers != spec.InitContainers)
        {
            spec = spec with { Containers = containers, InitContainers = initContainers };
        }

        if (string.IsNullOrEmpty(spec.RestartPolicy) || string.IsNullOrEmpty(spec.DnsPolicy) || spec.TerminationGracePeriodSeconds is null or < 0)
        {
            spec = spec with
            {
                RestartPolicy = string.IsNullOrEmpty(spec.RestartPolicy) ? "Always" : spec.RestartPolicy,
                DnsPolicy = string.IsNullOrEmpty(spec.DnsPolicy) ? DnsPolicy.ClusterFirst : spec.DnsPolicy,
                TerminationGracePeriodSeconds = spec.TerminationGracePeriodSeconds is { } seconds ? Math.Max(seconds, 1) : 30,
            };
        }

        return WithMissing(spec, OfTemplate);
    }

    /// <summary>Completes a Pod's own spec, which also says what it bears of its node.</summary>
    internal static PodSpec CompletePod(PodSpec spec)
    {
        spec = WithMissing(Complete(spec), OfPod);
        if (spec.Carried["priorityClassName"] is null)
        {
            spec = WithMissing(spec, [NoPriority]);
        }

        bool notReady = Tolerates(spec.Tolerations, NotReady);
        bool unreachable = Tolerates(spec.Tolerations, Unreachable);
        if (!notReady)
        {
            spec = spec with { Tolerations = spec.Tolerations.Add(ToleratesNotReady) };
        }

        return unreachable ? spec : spec with { Tolerations = spec.Tolerations.Add(ToleratesUnreachable) };
    }

    private static PodSpec WithMissing(PodSpec spec, ReadOnlySpan<JsonField> defaults)
    {
        CarriedFields carried = spec.Carried.WithMissing(defaults);
        return carried.Fields.Length == spec.Carried.Fields.Length ? spec : spec with { Carried = carried };
    }

    private static bool Tolerates(EquatableArray<Toleration> tolerations, string key)
    {
        foreach (Toleration toleration in tolerations)
        {
            if ((string.IsNullOrEmpty(toleration.Key) || toleration.Key == key) && (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == NoExecute))
            {
                return true;
            }
        }

        return false;
    }
}
