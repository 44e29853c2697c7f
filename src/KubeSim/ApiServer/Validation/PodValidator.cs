using System.Globalization;
using System.Text.Json;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a Pod. Its spec is checked by <see cref="PodSpecValidator"/>.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidatePodUpdate</source>
internal static class PodValidator
{
    private const string Deadline = "activeDeadlineSeconds";
    private const string Gates = "schedulingGates";
    private const string Mirror = "kubernetes.io/config.mirror";
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";
    private const string Fixed =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n";

    internal static void CheckMetadata(FieldErrors errors, Pod value)
    {
        Metadata.Check(errors, value, Names.CheckSubdomain);
        if (value.Metadata.Annotations.IsEmpty)
        {
            return;
        }

        if (value.Metadata.Annotations[Mirror] is { } mirror && string.IsNullOrEmpty(value.Spec.NodeName))
        {
            errors.Invalid($"metadata.annotations[{Mirror}]", mirror, "must set spec.nodeName if mirror pod annotation is set");
        }

        if (value.Metadata.Annotations[DeletionCost] is { } cost && !IsPlainNumber(cost))
        {
            errors.Invalid($"metadata.annotations[{DeletionCost}]", cost, "must be a 32bit integer");
        }

        ProfileAnnotations.Check(errors, value);
    }

    /// <summary>The rules that bind the spec to the rest of the Pod.</summary>
    internal static void CheckTogether(FieldErrors errors, Pod value)
    {
        VolumeValidator.CheckOfPod(errors, value);
        if (value.Spec.Carried[Gates]?.Items.IsEmpty == false && !string.IsNullOrEmpty(value.Spec.NodeName))
        {
            errors.Forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
        }

        ProfileAnnotations.CheckFields(errors, value);
    }

    /// <summary>A Pod stays what it is but for a few fields; getting a node is the one great change.</summary>
    internal static void CheckUpdate(FieldErrors errors, Pod old, Pod value)
    {
        Metadata.CheckUpdate(errors, old, value);
        if (!ReferenceEquals(old.Metadata, value.Metadata))
        {
            CheckMetadata(errors, value);
            CheckAnnotationsKept(errors, old.Metadata.Annotations, value.Metadata.Annotations);
        }

        if (ReferenceEquals(old.Spec, value.Spec) || IsBinding(old.Spec, value.Spec))
        {
            return;
        }

        bool sameLists = CheckLength(errors, "spec.containers", old.Spec.Containers, value.Spec.Containers);
        sameLists &= CheckLength(errors, "spec.initContainers", old.Spec.InitContainers, value.Spec.InitContainers);
        if (!sameLists)
        {
            return;
        }

        PodSpecValidator.Check(errors, "spec", value.Spec);
        CheckImages(errors, value.Spec);
        CheckDeadline(errors, old.Spec, value.Spec);
        CheckTolerations(errors, old.Spec.Tolerations, value.Spec.Tolerations);
        CheckGates(errors, old.Spec, value.Spec);
        CheckNodeSelector(errors, old.Spec, value.Spec);
        if (!Unchanged(old.Spec, value.Spec))
        {
            errors.Forbidden("spec", Fixed);
        }
    }

    private static void CheckAnnotationsKept(FieldErrors errors, LabelSet old, LabelSet annotations)
    {
        foreach (Label before in old)
        {
            if (Special(before.Key) is { } what && annotations[before.Key] != before.Value)
            {
                errors.Forbidden($"metadata.annotations[{before.Key}]", $"may not remove or update {what}");
            }
        }

        foreach (Label after in annotations)
        {
            if (Special(after.Key) is { } what && old[after.Key] is null)
            {
                errors.Forbidden($"metadata.annotations[{after.Key}]", $"may not add {what}");
            }
        }
    }

    /// <summary>What an annotation is that stays as it was; null for any other.</summary>
    private static string? Special(string key) =>
        key == Mirror ? "mirror pod annotation" : key.StartsWith(ProfileAnnotations.AppArmor, StringComparison.Ordinal) ? "AppArmor annotations" : null;

    /// <summary>The rule of updates asks for an image, too.</summary>
    private static void CheckImages(FieldErrors errors, PodSpec spec)
    {
        for (int i = 0; i < spec.Containers.Length; i++)
        {
            if (string.IsNullOrEmpty(spec.Containers[i].Image))
            {
                errors.Required($"spec.containers[{i}].image");
            }
        }
    }

    private static bool IsBinding(PodSpec old, PodSpec spec) =>
        string.IsNullOrEmpty(old.NodeName) && !string.IsNullOrEmpty(spec.NodeName) && old == spec with { NodeName = old.NodeName };

    private static bool CheckLength(FieldErrors errors, string field, EquatableArray<Container> old, EquatableArray<Container> containers)
    {
        if (old.Length == containers.Length)
        {
            return true;
        }

        errors.Forbidden(field, "pod updates may not add or remove containers");
        return false;
    }

    /// <summary>Whether nothing changed but what may.</summary>
    private static bool Unchanged(PodSpec old, PodSpec spec)
    {
        bool wasGated = HasGates(old);
        var carried = new List<JsonField>();
        foreach (JsonField field in spec.Carried.Fields)
        {
            if (!MayChange(field.Name, wasGated))
            {
                carried.Add(field);
            }
        }

        foreach (JsonField field in old.Carried.Fields)
        {
            if (MayChange(field.Name, wasGated))
            {
                carried.Add(field);
            }
        }

        PodSpec adapted = spec with
        {
            Containers = WithImages(spec.Containers, old.Containers),
            InitContainers = WithImages(spec.InitContainers, old.InitContainers),
            Tolerations = old.Tolerations,
            NodeName = string.IsNullOrEmpty(old.NodeName) ? old.NodeName : spec.NodeName,
            NodeSelector = wasGated ? old.NodeSelector : spec.NodeSelector,
            TerminationGracePeriodSeconds = old.TerminationGracePeriodSeconds < 0 && spec.TerminationGracePeriodSeconds == 1 ? old.TerminationGracePeriodSeconds : spec.TerminationGracePeriodSeconds,
            Carried = old.Carried,
        };
        return adapted == old && JsonValue.OfObject([.. carried]).Equals(JsonValue.OfObject(old.Carried.Fields));
    }

    private static bool MayChange(string field, bool wasGated) => field is Deadline or Gates || (wasGated && field == "affinity");

    private static EquatableArray<Container> WithImages(EquatableArray<Container> containers, EquatableArray<Container> old)
    {
        var copy = new Container[containers.Length];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = containers[i].Image == old[i].Image ? containers[i] : containers[i] with { Image = old[i].Image, Carried = old[i].Carried };
        }

        return new EquatableArray<Container>(copy);
    }

    private static void CheckDeadline(FieldErrors errors, PodSpec old, PodSpec spec)
    {
        JsonValue? given = spec.Carried[Deadline];
        if (given is not null && given.TryGetNumber(out long seconds) && seconds is < 1 or > int.MaxValue)
        {
            errors.Invalid($"spec.{Deadline}", seconds, "must be between 1 and 2147483647, inclusive");
            if (seconds < 0)
            {
                // The rule of updates says it again, in its own way.
                errors.Invalid($"spec.{Deadline}", seconds, "must be between 0 and 2147483647, inclusive");
            }
        }

        if (given is null && old.Carried[Deadline] is not null)
        {
            errors.Invalid($"spec.{Deadline}", null, "must not update from a positive integer to nil value");
        }
    }

    private static void CheckTolerations(FieldErrors errors, EquatableArray<Toleration> old, EquatableArray<Toleration> tolerations)
    {
        foreach (Toleration before in old)
        {
            bool kept = false;
            foreach (Toleration after in tolerations)
            {
                kept |= before == after with { TolerationSeconds = before.TolerationSeconds };
            }

            if (!kept)
            {
                errors.Forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }

        // The rule of updates says again what is wrong with any.
        PodSpecValidator.CheckTolerations(errors, "spec.tolerations", tolerations);
    }

    private static void CheckGates(FieldErrors errors, PodSpec old, PodSpec spec)
    {
        EquatableArray<JsonValue> gates = spec.Carried[Gates]?.Items ?? default;
        for (int i = 0; i < gates.Length; i++)
        {
            if (!(old.Carried[Gates]?.Items ?? default).Contains(gates[i]))
            {
                errors.Forbidden($"spec.{Gates}[{i}].name", $"only deletion is allowed, but found new scheduling gate '{gates[i]["name"]?.Text}'");
            }
        }
    }

    private static void CheckNodeSelector(FieldErrors errors, PodSpec old, PodSpec spec)
    {
        if (HasGates(old) && !old.NodeSelector.IsSubsetOf(spec.NodeSelector))
        {
            errors.InvalidJson("spec.nodeSelector", FieldErrors.Quote(spec.NodeSelector), "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
        }
    }

    private static bool HasGates(PodSpec spec) => spec.Carried[Gates] is { Kind: JsonValueKind.Array, Items.IsEmpty: false };

    private static bool IsPlainNumber(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        && !(text.Length > 1 && (text[0] is '0' or '+' || text.StartsWith("-0", StringComparison.Ordinal)));
}
