using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules that bind clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy together.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidateServiceClusterIPsRelatedFields, validateUpgradeDowngradeClusterIPs</source>
internal static class ServiceClusterIPs
{
    private const string ClusterIPs = "spec.clusterIPs";
    private const string Policy = "spec.ipFamilyPolicy";
    private const string NoChange = "may not change once set";
    private const string NotForExternalName = "may not be set for ExternalName services";

    internal static void Check(FieldErrors errors, ServiceSpec spec)
    {
        if (spec.Type == ServiceType.ExternalName)
        {
            CheckAbsent(errors, spec);
            return;
        }

        CheckFirst(errors, spec);
        CheckFamilies(errors, spec);
        if (CheckAddresses(errors, spec.ClusterIPs))
        {
            CheckPairing(errors, spec);
        }
    }

    /// <summary>A second address may come and go; what stays is what it was. A Service that is or was an ExternalName is free.</summary>
    internal static void CheckUpdate(FieldErrors errors, ServiceSpec old, ServiceSpec spec)
    {
        if (spec.Type == ServiceType.ExternalName || old.Type == ServiceType.ExternalName)
        {
            return;
        }

        CheckAddressesKept(errors, old, spec);
        if (!ServiceFacts.IsHeadless(old) && !ServiceFacts.IsHeadless(spec))
        {
            CheckFamiliesKept(errors, old, spec);
        }
    }

    private static void CheckAbsent(FieldErrors errors, ServiceSpec spec)
    {
        if (!spec.ClusterIPs.IsEmpty)
        {
            errors.Forbidden(ClusterIPs, NotForExternalName);
        }

        if (!spec.IPFamilies.IsEmpty)
        {
            errors.Forbidden("spec.ipFamilies", NotForExternalName);
        }

        if (spec.IPFamilyPolicy is not null)
        {
            errors.Forbidden(Policy, NotForExternalName);
        }
    }

    private static void CheckFirst(FieldErrors errors, ServiceSpec spec)
    {
        if (string.IsNullOrEmpty(spec.ClusterIP))
        {
            if (!spec.ClusterIPs.IsEmpty)
            {
                errors.Invalid(ClusterIPs, spec.ClusterIPs, "must be empty when `clusterIP` is not specified");
            }
        }
        else if (spec.ClusterIPs.IsEmpty)
        {
            errors.Required(ClusterIPs);
        }
        else if (spec.ClusterIPs[0] != spec.ClusterIP)
        {
            errors.Invalid(ClusterIPs, spec.ClusterIPs, "first value must match `clusterIP`");
        }
    }

    private static void CheckFamilies(FieldErrors errors, ServiceSpec spec)
    {
        for (int i = 0; i < spec.IPFamilies.Length; i++)
        {
            string family = spec.IPFamilies[i];
            if (family is not (IPFamily.IPv4 or IPFamily.IPv6))
            {
                errors.NotSupported($"spec.ipFamilies[{i}]", family, IPFamily.IPv4, IPFamily.IPv6);
            }

            if (spec.IPFamilies.AsSpan()[..i].Contains(family))
            {
                errors.Duplicate($"spec.ipFamilies[{i}]", family);
            }
        }

        if (spec.IPFamilyPolicy is not (null or IPFamilyPolicy.SingleStack or IPFamilyPolicy.PreferDualStack or IPFamilyPolicy.RequireDualStack))
        {
            errors.NotSupported(Policy, spec.IPFamilyPolicy, IPFamilyPolicy.PreferDualStack, IPFamilyPolicy.RequireDualStack, IPFamilyPolicy.SingleStack);
        }
    }

    /// <returns>Whether each is an address, so that more can be said of them.</returns>
    private static bool CheckAddresses(FieldErrors errors, EquatableArray<string> addresses)
    {
        bool valid = true;
        for (int i = 0; i < addresses.Length; i++)
        {
            if (i == 0 && addresses[0] == ServiceFacts.Headless)
            {
                if (addresses.Length > 1)
                {
                    valid = false;
                    errors.Invalid(ClusterIPs, addresses, "'None' must be the first and only value");
                }
            }
            else
            {
                valid &= Addresses.Check(errors, $"{ClusterIPs}[{i}]", addresses[i], out _);
            }
        }

        if (addresses.Length > 2)
        {
            errors.Invalid(ClusterIPs, addresses, "may only hold up to 2 values");
        }

        return valid;
    }

    private static void CheckPairing(FieldErrors errors, ServiceSpec spec)
    {
        if (spec.ClusterIPs.Length > 1 && !HasBothFamilies(spec.ClusterIPs))
        {
            errors.Invalid(ClusterIPs, spec.ClusterIPs, "may specify no more than one IP for each IP family");
        }

        for (int i = 0; i < spec.ClusterIPs.Length && i < spec.IPFamilies.Length; i++)
        {
            if (IpAddress.TryParse(spec.ClusterIPs[i], out IpAddress address)
                && spec.IPFamilies[i] == (address.IsIPv4 ? IPFamily.IPv6 : IPFamily.IPv4))
            {
                errors.Invalid($"{ClusterIPs}[{i}]", spec.ClusterIPs[i], $"expected an {spec.IPFamilies[i]} value as indicated by `ipFamilies[{i}]`");
            }
        }
    }

    private static bool HasBothFamilies(EquatableArray<string> addresses)
    {
        bool ipv4 = false;
        bool ipv6 = false;
        foreach (string text in addresses)
        {
            bool isIPv4 = IpAddress.TryParse(text, out IpAddress address) && address.IsIPv4;
            ipv4 |= isIPv4;
            ipv6 |= !isIPv4;
        }

        return ipv4 && ipv6;
    }

    private static void CheckAddressesKept(FieldErrors errors, ServiceSpec old, ServiceSpec spec)
    {
        int kept = Math.Min(old.ClusterIPs.Length, spec.ClusterIPs.Length);
        if (kept == 0 && !old.ClusterIPs.IsEmpty)
        {
            errors.Invalid($"{ClusterIPs}[0]", spec.ClusterIPs, "primary clusterIP can not be unset");
        }

        int compared = old.ClusterIPs.Length == spec.ClusterIPs.Length ? kept : Math.Min(kept, 1);
        for (int i = 0; i < compared; i++)
        {
            if (old.ClusterIPs[i] != spec.ClusterIPs[i])
            {
                errors.Invalid($"{ClusterIPs}[{i}]", spec.ClusterIPs, NoChange);
            }
        }

        if (old.ClusterIPs.Length == 2 && spec.ClusterIPs.Length == 1 && spec.IPFamilyPolicy != IPFamilyPolicy.SingleStack)
        {
            errors.Invalid(Policy, spec.IPFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary clusterIP");
        }
    }

    private static void CheckFamiliesKept(FieldErrors errors, ServiceSpec old, ServiceSpec spec)
    {
        int kept = Math.Min(old.IPFamilies.Length, spec.IPFamilies.Length);
        int compared = old.IPFamilies.Length == spec.IPFamilies.Length ? kept : Math.Min(kept, 1);
        for (int i = 0; i < compared; i++)
        {
            if (old.IPFamilies[i] != spec.IPFamilies[i])
            {
                // The real server names the first whichever it was.
                errors.Invalid("spec.ipFamilies[0]", spec.IPFamilies, NoChange);
            }
        }

        if (old.IPFamilies.Length == 2 && spec.IPFamilies.Length == 1 && spec.IPFamilyPolicy != IPFamilyPolicy.SingleStack)
        {
            errors.Invalid(Policy, spec.IPFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary ipFamily");
        }
    }
}
