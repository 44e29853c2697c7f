using KubeSim.Api;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of profiles that a Pod names in annotations, as was done before there were fields, and of what both say.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidateSeccompPodAnnotations, ValidateAppArmorPodAnnotations, validateSeccompAnnotationsAndFields</source>
internal static class ProfileAnnotations
{
    internal const string PodSeccomp = "seccomp.security.alpha.kubernetes.io/pod";
    internal const string ContainerSeccomp = "container.seccomp.security.alpha.kubernetes.io/";
    internal const string AppArmor = "container.apparmor.security.beta.kubernetes.io/";
    private const string LocalhostPrefix = "localhost/";
    private const string Unconfined = "unconfined";
    private const string RuntimeDefault = "runtime/default";

    internal static void Check(FieldErrors errors, Pod pod)
    {
        const string Field = "metadata.annotations";
        foreach (Label annotation in pod.Metadata.Annotations)
        {
            if (annotation.Key == PodSeccomp || annotation.Key.StartsWith(ContainerSeccomp, StringComparison.Ordinal))
            {
                CheckSeccomp(errors, $"{Field}.{annotation.Key}", annotation.Value);
            }
            else if (annotation.Key.StartsWith(AppArmor, StringComparison.Ordinal))
            {
                string container = annotation.Key[AppArmor.Length..];
                if (!ContainersOf(pod).Any(one => one.Container.Name == container))
                {
                    errors.Invalid($"{Field}[{annotation.Key}]", container, "container not found");
                }

                if (annotation.Value is not ("" or RuntimeDefault or Unconfined) && !annotation.Value.StartsWith(LocalhostPrefix, StringComparison.Ordinal))
                {
                    errors.Invalid($"{Field}[{annotation.Key}]", annotation.Value, $"invalid AppArmor profile name: {FieldErrors.Quote(annotation.Value)}");
                }
            }
        }
    }

    /// <summary>Where an annotation and a field speak of the same thing, they have to say the same.</summary>
    internal static void CheckFields(FieldErrors errors, Pod pod)
    {
        if (pod.Metadata.Annotations.IsEmpty)
        {
            return;
        }

        Match(errors, "spec.securityContext.seccompProfile", "seccomp", pod.Spec.Carried["securityContext"]?["seccompProfile"], pod.Metadata.Annotations[PodSeccomp]);
        foreach ((string field, Container container) in ContainersOf(pod))
        {
            JsonValue? context = container.Carried["securityContext"];
            Match(errors, $"{field}.securityContext.seccompProfile", "seccomp", context?["seccompProfile"], pod.Metadata.Annotations[ContainerSeccomp + container.Name]);
        }

        foreach ((string field, Container container) in ContainersOf(pod))
        {
            if (pod.Metadata.Annotations[AppArmor + container.Name] is not { } annotation)
            {
                continue;
            }

            JsonValue? own = container.Carried["securityContext"]?["appArmorProfile"];
            Match(errors, $"{field}.securityContext.appArmorProfile", "apparmor", own, annotation);
        }
    }

    /// <summary>The containers of every sort with their fields.</summary>
    internal static IEnumerable<(string Field, Container Container)> ContainersOf(Pod pod) =>
        [.. pod.Spec.InitContainers.Select((one, i) => ($"spec.initContainers[{i}]", one)), .. pod.Spec.Containers.Select((one, i) => ($"spec.containers[{i}]", one))];

    private static void CheckSeccomp(FieldErrors errors, string field, string profile)
    {
        if (profile.StartsWith(LocalhostPrefix, StringComparison.Ordinal))
        {
            SecurityProfiles.CheckRelativePath(errors, field, profile[LocalhostPrefix.Length..]);
        }
        else if (profile is not (RuntimeDefault or "docker/default" or Unconfined))
        {
            errors.Invalid(field, profile, "must be a valid seccomp profile");
        }
    }

    private static void Match(FieldErrors errors, string field, string what, JsonValue? profile, string? annotation)
    {
        if (profile is null || annotation is null)
        {
            return;
        }

        (string type, string? path) = annotation switch
        {
            Unconfined => ("Unconfined", null),
            _ when annotation.StartsWith(LocalhostPrefix, StringComparison.Ordinal) => (SecurityProfiles.Localhost, annotation[LocalhostPrefix.Length..]),
            _ => ("RuntimeDefault", (string?)null),
        };
        if (profile["type"]?.Text != type)
        {
            errors.Forbidden($"{field}.type", $"{what} type in annotation and field must match");
        }
        else if (path is not null && profile["localhostProfile"]?.Text != path)
        {
            errors.Forbidden($"{field}.localhostProfile", $"{what} profile in annotation and field must match");
        }
    }
}
