using KubeSim.Api;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a Namespace.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidateNamespace</source>
internal static class NamespaceValidator
{
    internal static void Check(FieldErrors errors, Namespace value)
    {
        Metadata.Check(errors, value, Names.CheckLabel);
        CheckFinalizers(errors, value);
    }

    internal static void CheckUpdate(FieldErrors errors, Namespace old, Namespace value)
    {
        Metadata.CheckUpdate(errors, old, value);
        if (old.Spec.Finalizers != value.Spec.Finalizers)
        {
            CheckFinalizers(errors, value);
        }
    }

    internal static void CheckStatus(FieldErrors errors, Namespace old, Namespace value)
    {
        Metadata.CheckUpdate(errors, old, value);
        string wanted = value.Metadata.DeletionTimestamp is null ? "Active" : "Terminating";
        if (value.Status.Phase != wanted)
        {
            errors.Invalid(
                "status.Phase", value.Status.Phase ?? "", $"may only be '{wanted}' if `deletionTimestamp` is {(wanted == "Active" ? "empty" : "not empty")}");
        }
    }

    private static void CheckFinalizers(FieldErrors errors, Namespace value)
    {
        for (int i = 0; i < value.Spec.Finalizers.Length; i++)
        {
            Metadata.CheckFinalizer(errors, $"spec.finalizers[{i}]", value.Spec.Finalizers[i]);
        }
    }
}
