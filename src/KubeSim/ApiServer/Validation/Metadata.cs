using System.Globalization;
using System.Text;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of names, labels, owners and finalizers, the same for every kind.</summary>
/// <source>kubernetes v1.36, apimachinery/pkg/api/validation/objectmeta.go</source>
internal static class Metadata
{
    private const int AnnotationBytes = 256 * 1024;
    private const string Immutable = "field is immutable";

    /// <summary>Checks one name and tells the faults: <see cref="Names.CheckLabel"/> or <see cref="Names.CheckSubdomain"/>.</summary>
    internal delegate void NameRule(FieldErrors errors, string field, string name);

    internal static void Check(FieldErrors errors, KubernetesObject value, NameRule rule)
    {
        ObjectMeta metadata = value.Metadata;
        if (!string.IsNullOrEmpty(metadata.GenerateName))
        {
            CheckPrefix(errors, metadata.GenerateName, Names.OfPrefix(metadata.GenerateName), rule);
        }

        if (metadata.Name.Length == 0)
        {
            errors.Required("metadata.name", "name or generateName is required");
        }
        else
        {
            rule(errors, "metadata.name", metadata.Name);
        }

        if (!value.Resource.IsNamespaced)
        {
            if (metadata.Namespace.Length != 0)
            {
                errors.Forbidden("metadata.namespace", "not allowed on this type");
            }
        }
        else if (metadata.Namespace.Length == 0)
        {
            errors.Required("metadata.namespace");
        }
        else
        {
            Names.CheckLabel(errors, "metadata.namespace", metadata.Namespace);
        }

        CheckLabels(errors, "metadata.labels", metadata.Labels);
        CheckAnnotations(errors, "metadata.annotations", metadata.Annotations);
        CheckOwners(errors, metadata.OwnerReferences);
        CheckFinalizers(errors, metadata.Finalizers);
    }

    /// <summary>What may not change, and what did change.</summary>
    internal static void CheckUpdate(FieldErrors errors, KubernetesObject old, KubernetesObject value)
    {
        ObjectMeta before = old.Metadata;
        ObjectMeta after = value.Metadata;
        if (ReferenceEquals(before, after))
        {
            return;
        }

        if (after.Name != before.Name)
        {
            errors.Invalid("metadata.name", after.Name, Immutable);
        }

        if (after.Namespace != before.Namespace)
        {
            errors.Invalid("metadata.namespace", after.Namespace, Immutable);
        }

        if (after.DeletionTimestamp is { } time && time != before.DeletionTimestamp)
        {
            errors.InvalidJson("metadata.deletionTimestamp", $"\"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\"", Immutable);
        }

        if (after.DeletionGracePeriodSeconds is { } seconds && seconds != before.DeletionGracePeriodSeconds)
        {
            errors.Invalid("metadata.deletionGracePeriodSeconds", seconds, Immutable);
        }

        if (after.Labels != before.Labels)
        {
            CheckLabels(errors, "metadata.labels", after.Labels);
        }

        if (after.Annotations != before.Annotations)
        {
            CheckAnnotations(errors, "metadata.annotations", after.Annotations);
        }

        if (after.OwnerReferences != before.OwnerReferences)
        {
            CheckOwners(errors, after.OwnerReferences);
        }

        if (after.Finalizers != before.Finalizers)
        {
            CheckFinalizers(errors, after.Finalizers);
            CheckNoNewFinalizers(errors, before, after);
        }
    }

    internal static void CheckLabels(FieldErrors errors, string field, LabelSet labels)
    {
        foreach (Label label in labels)
        {
            Names.CheckKey(errors, field, label.Key);
            Names.CheckLabelValue(errors, field, label.Value);
        }
    }

    internal static void CheckAnnotations(FieldErrors errors, string field, LabelSet annotations)
    {
        int bytes = 0;
        foreach (Label annotation in annotations)
        {
            // The rule is that of labels, but upper case is let through.
            Names.CheckKey(errors, field, annotation.Key.ToLowerInvariant(), annotation.Key);
            bytes += Encoding.UTF8.GetByteCount(annotation.Key) + Encoding.UTF8.GetByteCount(annotation.Value);
        }

        if (bytes > AnnotationBytes)
        {
            errors.TooLong(field, AnnotationBytes);
        }
    }

    private static void CheckPrefix(FieldErrors errors, string given, string prefix, NameRule rule)
    {
        var found = new FieldErrors();
        rule(found, "metadata.generateName", prefix);
        foreach (StatusCause cause in found.Causes)
        {
            errors.Invalid("metadata.generateName", given, cause.Message[(cause.Message.IndexOf("\": ", StringComparison.Ordinal) + 3)..]);
        }
    }

    private static void CheckOwners(FieldErrors errors, EquatableArray<OwnerReference> owners)
    {
        OwnerReference? controller = null;
        foreach (OwnerReference owner in owners)
        {
            CheckOwner(errors, owner);
            if (owner.Controller != true)
            {
                continue;
            }

            if (controller is not null)
            {
                errors.InvalidJson(
                    "metadata.ownerReferences",
                    JsonValue.OfList(owners.Select(item => FieldMap.Write<OwnerReference>(item, OwnerReference.Map)).ToEquatableArray()).ToString(),
                    $"Only one reference can have Controller set to true. Found \"true\" in references for {controller.Kind}/{controller.Name} and {owner.Kind}/{owner.Name}");
            }

            controller ??= owner;
        }
    }

    private static void CheckOwner(FieldErrors errors, OwnerReference owner)
    {
        NotEmpty(errors, "metadata.ownerReferences.apiVersion", owner.ApiVersion, "version must not be empty");
        NotEmpty(errors, "metadata.ownerReferences.kind", owner.Kind, "must not be empty");
        NotEmpty(errors, "metadata.ownerReferences.name", owner.Name, "must not be empty");
        NotEmpty(errors, "metadata.ownerReferences.uid", owner.Uid, "must not be empty");
    }

    private static void NotEmpty(FieldErrors errors, string field, string value, string detail)
    {
        if (value.Length == 0)
        {
            errors.Invalid(field, value, detail);
        }
    }

    private static void CheckFinalizers(FieldErrors errors, EquatableArray<string> finalizers)
    {
        foreach (string finalizer in finalizers)
        {
            CheckFinalizer(errors, "metadata.finalizers", finalizer);
        }

        if (finalizers.AsSpan().Contains("orphan") && finalizers.AsSpan().Contains("foregroundDeletion"))
        {
            errors.Invalid("metadata.finalizers", finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    /// <summary>A finalizer is a standard one, or says with a domain whose it is.</summary>
    internal static void CheckFinalizer(FieldErrors errors, string field, string finalizer)
    {
        Names.CheckKey(errors, field, finalizer);
        if (!finalizer.Contains('/', StringComparison.Ordinal) && finalizer is not ("kubernetes" or "orphan" or "foregroundDeletion"))
        {
            errors.Invalid(field, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    private static void CheckNoNewFinalizers(FieldErrors errors, ObjectMeta before, ObjectMeta after)
    {
        if (before.DeletionTimestamp is null)
        {
            return;
        }

        var added = new List<string>();
        foreach (string finalizer in after.Finalizers)
        {
            if (!before.Finalizers.AsSpan().Contains(finalizer))
            {
                added.Add(finalizer);
            }
        }

        if (added.Count > 0)
        {
            // The real server prints Go syntax here, and says it twice.
            string detail = $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(FieldErrors.Quote))}}}";
            errors.Forbidden("metadata.finalizers", detail);
            errors.Forbidden("metadata.finalizers", detail);
        }
    }
}
