using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;
using KubeSim.ApiServer.Validation;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Allocation;

/// <summary>Fills in ipFamilyPolicy and ipFamilies from what the Service says and what the cluster has, before anything is allocated.</summary>
/// <source>kubernetes v1.36, pkg/registry/core/service/storage/alloc.go, initIPFamilyFields</source>
internal static class IPFamilyFields
{
    private const string Policy = "spec.ipFamilyPolicy";

    /// <returns>The Service with both fields set, or as it is where its type has none.</returns>
    /// <exception cref="ApiException">What is asked for contradicts itself or the cluster.</exception>
    internal static Service Complete(Service value, Service? old, Ranges ranges)
    {
        if (value.Spec.Type == ServiceType.ExternalName || IsUntouchedPreference(value.Spec, old?.Spec))
        {
            return value;
        }

        value = value with { Spec = WithPolicy(value.Spec, old?.Spec) };
        var errors = new FieldErrors();
        ServiceClusterIPs.Check(errors, value.Spec);
        errors.ThrowIfAny(value);

        ServiceSpec spec = old is null ? value.Spec : Downgraded(errors, value.Spec, old.Spec);
        spec = WithFamiliesOfIPs(errors, spec, ranges);
        errors.ThrowIfAny(value);

        bool isFree = ServiceFacts.IsHeadless(spec) && spec.Selector.IsEmpty;
        if (!isFree)
        {
            CheckCluster(errors, spec, ranges);
            errors.ThrowIfAny(value);
        }

        EquatableArray<string> families = spec.IPFamilies.IsEmpty ? [ranges.DefaultFamily] : spec.IPFamilies;
        if (families.Length == 1 && spec.IPFamilyPolicy != IPFamilyPolicy.SingleStack && (isFree || ranges.IsDualStack))
        {
            families = families.Add(Ranges.OtherFamily(families[0]));
        }

        return value with { Spec = spec with { IPFamilies = families } };
    }

    /// <summary>A preference for both families neither gains nor loses one just because the cluster changed.</summary>
    internal static bool IsUntouchedPreference(ServiceSpec spec, ServiceSpec? old) =>
        old is not null && spec.Type == old.Type && spec.IPFamilyPolicy == IPFamilyPolicy.PreferDualStack
        && old.IPFamilyPolicy is null or IPFamilyPolicy.PreferDualStack && spec.ClusterIPs == old.ClusterIPs && spec.IPFamilies == old.IPFamilies;

    private static ServiceSpec WithPolicy(ServiceSpec spec, ServiceSpec? old) => spec.IPFamilyPolicy is not null ? spec : spec with
    {
        IPFamilyPolicy = old?.IPFamilyPolicy
            ?? (ServiceFacts.IsHeadless(spec) && spec.Selector.IsEmpty ? IPFamilyPolicy.RequireDualStack : IPFamilyPolicy.SingleStack),
    };

    /// <summary>Saying SingleStack gives the second family up; shortening a list says nothing.</summary>
    private static ServiceSpec Downgraded(FieldErrors errors, ServiceSpec spec, ServiceSpec old)
    {
        if (spec.IPFamilyPolicy == IPFamilyPolicy.SingleStack)
        {
            return spec with
            {
                ClusterIPs = spec.ClusterIPs.Length > 1 && spec.ClusterIPs == old.ClusterIPs ? [spec.ClusterIPs[0]] : spec.ClusterIPs,
                IPFamilies = spec.IPFamilies.Length > 1 && spec.IPFamilies == old.IPFamilies ? [spec.IPFamilies[0]] : spec.IPFamilies,
            };
        }

        if (!spec.ClusterIPs.IsEmpty && spec.ClusterIPs.Length < old.ClusterIPs.Length)
        {
            errors.Invalid(Policy, spec.IPFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP");
        }

        if (!spec.IPFamilies.IsEmpty && spec.IPFamilies.Length < old.IPFamilies.Length)
        {
            errors.Invalid(Policy, spec.IPFamilyPolicy, "must be 'SingleStack' to release the secondary IP family");
        }

        return spec;
    }

    private static ServiceSpec WithFamiliesOfIPs(FieldErrors errors, ServiceSpec spec, Ranges ranges)
    {
        if (spec.IPFamilyPolicy == IPFamilyPolicy.SingleStack)
        {
            const string Several = "must be 'RequireDualStack' or 'PreferDualStack' when multiple {0} are specified";
            if (spec.ClusterIPs.Length == 2)
            {
                errors.Invalid(Policy, spec.IPFamilyPolicy, Several.Replace("{0}", "cluster IPs", StringComparison.Ordinal));
            }

            if (spec.IPFamilies.Length == 2)
            {
                errors.Invalid(Policy, spec.IPFamilyPolicy, Several.Replace("{0}", "IP families", StringComparison.Ordinal));
            }
        }

        EquatableArray<string> families = spec.IPFamilies;
        for (int i = 0; i < spec.ClusterIPs.Length && IpAddress.TryParse(spec.ClusterIPs[i], out IpAddress address); i++)
        {
            string family = Ranges.FamilyOf(address);
            if (i < spec.IPFamilies.Length)
            {
                continue;
            }

            if (ranges.Has(family))
            {
                families = families.Add(family);
            }
            else
            {
                errors.Invalid($"spec.clusterIPs[{i}]", spec.ClusterIPs, $"{family} is not configured on this cluster");
            }
        }

        return spec with { IPFamilies = families };
    }

    private static void CheckCluster(FieldErrors errors, ServiceSpec spec, Ranges ranges)
    {
        if (spec.IPFamilyPolicy == IPFamilyPolicy.RequireDualStack && !ranges.IsDualStack)
        {
            errors.Invalid(Policy, spec.IPFamilyPolicy, "this cluster is not configured for dual-stack services");
        }

        for (int i = 0; i < spec.IPFamilies.Length; i++)
        {
            if (!ranges.Has(spec.IPFamilies[i]))
            {
                errors.Invalid($"spec.ipFamilies[{i}]", spec.IPFamilies[i], "not configured on this cluster");
            }
        }
    }
}
