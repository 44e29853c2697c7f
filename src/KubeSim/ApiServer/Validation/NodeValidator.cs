using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a Node.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidateNode, ValidateNodeUpdate</source>
internal static class NodeValidator
{
    private const string PodCidrs = "spec.podCIDRs";

    internal static void Check(FieldErrors errors, Node value)
    {
        Metadata.Check(errors, value, Names.CheckSubdomain);
        CheckTaints(errors, value.Spec.Taints);
        CheckPodCidrs(errors, value.Spec.PodCIDRs);
    }

    internal static void CheckUpdate(FieldErrors errors, Node old, Node value)
    {
        Metadata.CheckUpdate(errors, old, value);
        if (old.Spec.PodCIDRs != value.Spec.PodCIDRs)
        {
            CheckPodCidrs(errors, value.Spec.PodCIDRs);
            if (!old.Spec.PodCIDRs.IsEmpty)
            {
                errors.Forbidden(PodCidrs, "node updates may not change podCIDR except from \"\" to valid");
            }
        }

        if (!string.IsNullOrEmpty(old.Spec.ProviderID) && old.Spec.ProviderID != value.Spec.ProviderID)
        {
            errors.Forbidden("spec.providerID", "node updates may not change providerID except from \"\" to valid");
        }

        if (old.Spec.Taints != value.Spec.Taints)
        {
            CheckTaints(errors, value.Spec.Taints);
        }
    }

    private static void CheckTaints(FieldErrors errors, EquatableArray<Taint> taints)
    {
        for (int i = 0; i < taints.Length; i++)
        {
            Taint taint = taints[i];
            string field = $"metadata.taints[{i}]";
            Names.CheckKey(errors, $"{field}.key", taint.Key);
            Names.CheckLabelValue(errors, $"{field}.value", taint.Value ?? "");
            if (taint.Effect.Length == 0)
            {
                errors.Required($"{field}.effect");
            }
            else if (taint.Effect is not ("NoSchedule" or "PreferNoSchedule" or "NoExecute"))
            {
                errors.NotSupported($"{field}.effect", taint.Effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
            }

            if (IsRepeated(taints, i))
            {
                errors.DuplicateJson(
                    field,
                    $"{{\"Key\":{FieldErrors.Quote(taint.Key)},\"Value\":{FieldErrors.Quote(taint.Value ?? "")},\"Effect\":{FieldErrors.Quote(taint.Effect)},\"TimeAdded\":null}}",
                    "taints must be unique by key and effect pair");
            }
        }
    }

    private static bool IsRepeated(EquatableArray<Taint> taints, int index)
    {
        for (int i = 0; i < index; i++)
        {
            if (taints[i].Key == taints[index].Key && taints[i].Effect == taints[index].Effect)
            {
                return true;
            }
        }

        return false;
    }

    private static void CheckPodCidrs(FieldErrors errors, EquatableArray<string> blocks)
    {
        bool valid = true;
        int ofIPv4 = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            Addresses.CheckCidr(errors, $"{PodCidrs}[{i}]", blocks[i]);
            valid &= Cidr.TryParse(blocks[i], out Cidr block);
            ofIPv4 += block.First.IsIPv4 ? 1 : 0;
        }

        if (valid && blocks.Length > 1 && (blocks.Length > 2 || ofIPv4 != 1))
        {
            errors.Invalid(PodCidrs, blocks, "may specify no more than one CIDR for each IP family");
        }
    }
}
