using System.Globalization;
using KubeSim.Api;
using KubeSim.ApiServer.Validation;

namespace KubeSim.ApiServer.Warnings;

/// <summary>What a Pod, or what makes Pods, says that may not do what it seems to.</summary>
/// <source>kubernetes v1.36, pkg/api/pod/warnings.go</source>
internal static class PodWarnings
{
    private const string AppArmor = "container.apparmor.security.beta.kubernetes.io/";
    private const string Seccomp = "seccomp.security.alpha.kubernetes.io/pod";
    private const string ContainerSeccomp = "container.seccomp.security.alpha.kubernetes.io/";

    internal static IEnumerable<string> OfCreate(Pod pod) =>
        [.. OfName(pod), .. OfVolumes(pod.Spec), .. OfAnnotations(pod), .. OfPorts(pod.Spec)];

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
            if (volume["projected"] is { } projected && (projected["sources"]?.Items ?? default).IsEmpty)
            {
                yield return $"volume \"{volume["name"]?.Text}\" (Projected) has no sources provided";
            }
        }
    }

    private static IEnumerable<string> OfAnnotations(Pod pod)
    {
        foreach (Label annotation in pod.Metadata.Annotations.ToArray())
        {
            if (annotation.Key == Seccomp || annotation.Key.StartsWith(ContainerSeccomp, StringComparison.Ordinal))
            {
                yield return $"metadata.annotations[{annotation.Key}]: non-functional in v1.27+; use the \"seccompProfile\" field instead";
            }

            if (annotation.Key.StartsWith(AppArmor, StringComparison.Ordinal) && !HasProfile(pod, annotation.Key[AppArmor.Length..]))
            {
                yield return $"metadata.annotations[{annotation.Key}]: deprecated since v1.30; use the \"appArmorProfile\" field instead";
            }
        }
    }

    private static bool HasProfile(Pod pod, string container) =>
        pod.Spec.Containers.Concat(pod.Spec.InitContainers).Any(one => one.Name == container && one.Carried["securityContext"]?["appArmorProfile"] is not null && pod.Metadata.Annotations.IsEmpty);

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
