using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a Pod's volumes, as far as they do not depend on what is mounted.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidateVolumes</source>
internal static class VolumeValidator
{
    internal static void Check(FieldErrors errors, string list, EquatableArray<JsonValue> volumes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < volumes.Length; i++)
        {
            string name = volumes[i]["name"]?.Text ?? "";
            if (name.Length == 0)
            {
                errors.Required($"{list}[{i}].name");
                continue;
            }

            Names.CheckLabel(errors, $"{list}[{i}].name", name);
            if (!names.Add(name))
            {
                errors.Duplicate($"{list}[{i}].name", name);
            }
        }
    }

    /// <summary>What is asked only of a Pod, not of a template.</summary>
    internal static void CheckOfPod(FieldErrors errors, Pod pod)
    {
        EquatableArray<JsonValue> volumes = pod.Spec.Carried["volumes"]?.Items ?? default;
        for (int i = 0; i < volumes.Length; i++)
        {
            if (volumes[i]["persistentVolumeClaim"]?["claimName"]?.Text is { } claim
                && volumes.Any(volume => volume["ephemeral"] is not null && claim == $"{pod.Metadata.Name}-{volume["name"]?.Text}"))
            {
                errors.Invalid($"spec.volumes[{i}].persistentVolumeClaim.claimName", claim, "must not reference a PVC that gets created for an ephemeral volume");
            }
        }

        for (int i = 0; i < volumes.Length && string.IsNullOrEmpty(pod.Spec.ServiceAccountName); i++)
        {
            EquatableArray<JsonValue> sources = volumes[i]["projected"]?["sources"]?.Items ?? default;
            for (int j = 0; j < sources.Length; j++)
            {
                if (sources[j]["serviceAccountToken"] is not null)
                {
                    errors.Forbidden($"spec.volumes[{i}].projected.sources[{j}].serviceAccountToken", "must not be specified when serviceAccountName is not set");
                }
            }
        }
    }
}
