using System.Globalization;
using KubeSim.Api;
using KubeSim.ApiServer.Validation;

namespace KubeSim.ApiServer.Warnings;

/// <summary>What a Pod, or what makes Pods, says that may not do what it seems to.</summary>
/// <source>kubernetes v1.36, pkg/api/pod/warnings.go</source>
internal static class PodWarnings
{
    // A source that this version has only behind a gate: the server drops it.
    private const string TrustBundle = "clusterTrustBundle";

    internal static IEnumerable<string> OfCreate(Pod pod) =>
        [.. OfName(pod), .. OfVolumes(pod.Spec), .. OfSeccomp(pod), .. OfPorts(pod.Spec)];

    /// <summary>A workload's name becomes part of its Pods' names.</summary>
    internal static IEnumerable<string> OfOwnerName(string name) => ProblemOf(name) is { } problem
        ? [$"metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [{problem}]"] : [];

    private static IEnumerable<string> OfName(Pod pod) => ProblemOf(pod.Metadata.Name) is { } problem
        ? [$"metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [{problem}]"] : [];

    private static string? ProblemOf(string name)
    {
        var errors = new FieldErrors();
        Names.CheckLabel(errors, "", name);
        return errors.IsEmpty ? null : string.Join(' ', errors.Causes.Select(cause => cause.Message[(cause.Message.IndexOf("\": ", StringComparison.Ordinal) + 3)..]));
    }

    private static IEnumerable<string> OfVolumes(PodSpec spec)
    {
        foreach (JsonValue volume in (spec.Carried["volumes"]?.Items ?? default).ToArray())
        {
            if (volume["projected"] is { } projected && (projected["sources"]?.Items ?? default).All(source => source[TrustBundle] is not null))
            {
                yield return $"volume \"{volume["name"]?.Text}\" (Projected) has no sources provided";
            }
        }
    }

    /// <summary>What is said before the Pod is checked, so that a refusal says it, too.</summary>
    internal static IEnumerable<string> OfRequest(Pod pod) => pod.Metadata.Annotations
        .Where(annotation => annotation.Key.StartsWith(ProfileAnnotations.AppArmor, StringComparison.Ordinal) && IsForContainerWithout(pod, annotation.Key[ProfileAnnotations.AppArmor.Length..]))
        .Select(annotation => $"metadata.annotations[{annotation.Key}]: deprecated since v1.30; use the \"appArmorProfile\" field instead");

    private static IEnumerable<string> OfSeccomp(Pod pod) => pod.Metadata.Annotations
        .Where(annotation => annotation.Key == ProfileAnnotations.PodSeccomp || annotation.Key.StartsWith(ProfileAnnotations.ContainerSeccomp, StringComparison.Ordinal))
        .Select(annotation => $"metadata.annotations[{annotation.Key}]: non-functional in v1.27+; use the \"seccompProfile\" field instead");

    private static bool IsForContainerWithout(Pod pod, string container) =>
        ProfileAnnotations.ContainersOf(pod).Any(one => one.Container.Name == container && one.Container.Carried["securityContext"]?["appArmorProfile"] is null);

    private static IEnumerable<string> OfPorts(PodSpec spec)
    {
        var byNumber = new Dictionary<(string?, string?, int?, int?), string>();
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < spec.Containers.Length; i++)
        {
            for (int j = 0; j < spec.Containers[i].Ports.Length; j++)
            {
                ContainerPort port = spec.Containers[i].Ports[j];
                string place = string.Create(CultureInfo.InvariantCulture, $"spec.containers[{i}].ports[{j}]");
                if (!byNumber.TryAdd((port.Protocol, port.HostIP, port.HostPort is 0 ? null : port.HostPort, port.Port), place))
                {
                    yield return $"{place}: duplicate port definition with {byNumber[(port.Protocol, port.HostIP, port.HostPort is 0 ? null : port.HostPort, port.Port)]}";
                }

                if (!string.IsNullOrEmpty(port.Name) && !byName.TryAdd(port.Name, place))
                {
                    yield return $"{place}: duplicate port name \"{port.Name}\" with {byName[port.Name]}, services and probes that select ports by name will use {byName[port.Name]}";
                }
            }
        }
    }
}
