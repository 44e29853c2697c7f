using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>The metadata that a change need not bring along: it stays what it was.</summary>
/// <source>kubernetes v1.36, apimachinery/pkg/api/validation/objectmeta.go, ValidateObjectMetaUpdate</source>
internal static class SystemFields
{
    internal static KubernetesObject Keep(KubernetesObject old, KubernetesObject value)
    {
        ObjectMeta before = old.Metadata;
        ObjectMeta after = value.Metadata;
        if (ReferenceEquals(before, after)
            || ((after.Uid == before.Uid || !string.IsNullOrEmpty(after.Uid)) && after.CreationTimestamp == before.CreationTimestamp
                && (before.DeletionTimestamp is null || after.DeletionTimestamp == before.DeletionTimestamp)
                && (before.DeletionGracePeriodSeconds is null || after.DeletionGracePeriodSeconds is not null)))
        {
            return value;
        }

        return value with
        {
            Metadata = after with
            {
                Uid = string.IsNullOrEmpty(after.Uid) ? before.Uid : after.Uid,
                CreationTimestamp = before.CreationTimestamp,
                DeletionTimestamp = before.DeletionTimestamp ?? after.DeletionTimestamp,
                DeletionGracePeriodSeconds = after.DeletionGracePeriodSeconds ?? before.DeletionGracePeriodSeconds,
            },
        };
    }
}
