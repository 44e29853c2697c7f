using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;
using KubeSim.ApiServer.Validation;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Allocation;

/// <summary>Gives Services their ClusterIPs, and decides which of them a change needs or gives up. Ports are <see cref="NodePortAllocator"/>'s.</summary>
/// <source>kubernetes v1.36, pkg/registry/core/service/storage/alloc.go</source>
internal static class ServiceAllocator
{
    /// <returns>The Service with all that it was given.</returns>
    /// <exception cref="ApiException">Something cannot be had; what the transaction took until then is still taken.</exception>
    internal static Service Create(Service value, Ranges ranges, AllocationTransaction transaction)
    {
        value = IPFamilyFields.Complete(value, null, ranges);
        value = TakeAll(value, transaction);
        return NodePortAllocator.Create(value, transaction);
    }

    /// <returns>The Service with all that it was given and all that it keeps.</returns>
    /// <exception cref="ApiException">Something cannot be had; what the transaction took until then is still taken.</exception>
    internal static Service Update(Service old, Service value, Ranges ranges, AllocationTransaction transaction)
    {
        value = IPFamilyFields.Complete(value, old, ranges);
        value = UpdateClusterIPs(old, value, transaction);
        return NodePortAllocator.Update(old, value, transaction);
    }

    /// <summary>Gives back all that a Service holds.</summary>
    internal static void Release(ServiceSpec spec, AllocationTransaction transaction)
    {
        if (spec.Type == ServiceType.ExternalName)
        {
            return;
        }

        foreach (string address in spec.ClusterIPs)
        {
            transaction.Drop(address);
        }

        NodePortAllocator.Release(spec, transaction);
    }

    private static Service UpdateClusterIPs(Service old, Service value, AllocationTransaction transaction)
    {
        ServiceSpec before = old.Spec;
        ServiceSpec after = value.Spec;
        if (IPFamilyFields.IsUntouchedPreference(after, before))
        {
            return value;
        }

        if (before.Type == ServiceType.ExternalName)
        {
            return after.Type == ServiceType.ExternalName ? value : TakeAll(value, transaction);
        }

        if (ServiceFacts.IsHeadless(before))
        {
            return value;
        }

        if (after.Type == ServiceType.ExternalName)
        {
            foreach (string address in before.ClusterIPs)
            {
                transaction.Drop(address);
            }

            return value;
        }

        if (before.IPFamilies.Length == 1 && after.IPFamilies.Length == 2)
        {
            EquatableArray<string> addresses = after.ClusterIPs.Length < 2 ? after.ClusterIPs.Add("") : after.ClusterIPs;
            return TakeOne(WithAddresses(value, addresses), 1, transaction);
        }

        if (before.IPFamilies.Length == 2 && after.IPFamilies.Length == 1 && before.ClusterIPs.Length == 2)
        {
            transaction.Drop(before.ClusterIPs[1]);
        }

        return value;
    }

    private static Service TakeAll(Service value, AllocationTransaction transaction)
    {
        if (value.Spec.Type == ServiceType.ExternalName || ServiceFacts.IsHeadless(value.Spec))
        {
            return value;
        }

        EquatableArray<string> addresses = value.Spec.ClusterIPs;
        while (addresses.Length < value.Spec.IPFamilies.Length)
        {
            addresses = addresses.Add("");
        }

        value = WithAddresses(value, addresses);
        for (int i = 0; i < value.Spec.IPFamilies.Length; i++)
        {
            value = TakeOne(value, i, transaction);
        }

        return value;
    }

    private static Service TakeOne(Service value, int index, AllocationTransaction transaction)
    {
        EquatableArray<string> addresses = value.Spec.ClusterIPs;
        if (IpAddress.TryParse(addresses[index], out IpAddress asked))
        {
            string? refused = value.Metadata.Name.Length == 0 ? Nameless(asked) : transaction.Take(asked);
            return refused is null ? value : throw Refused(value, addresses, $"failed to allocate IP {addresses[index]}: {refused}");
        }

        if (!transaction.TryTakeAny(value.Spec.IPFamilies[index], out IpAddress given))
        {
            throw Refusal.InternalError($"failed to allocate a serviceIP for Service \"{value.Metadata.Name}\": range is full");
        }

        return value.Metadata.Name.Length != 0 ? WithAddresses(value, addresses.SetItem(index, $"{given}"))
            : throw Refused(value, addresses, $"failed to allocate IP: {Nameless(given)}");
    }

    /// <summary>The real server keeps addresses as objects that name their Service, and trips over one without a name.</summary>
    private static string Nameless(IpAddress address) => $"IPAddress.networking.k8s.io \"{address}\" is invalid: spec.parentRef.name: Required value";

    private static ApiException Refused(Service value, EquatableArray<string> addresses, string detail) =>
        Refusal.Invalid(value, "spec.clusterIPs", FieldErrors.Quote(addresses), detail);

    private static Service WithAddresses(Service value, EquatableArray<string> addresses) =>
        value with { Spec = value.Spec with { ClusterIPs = addresses, ClusterIP = addresses.IsEmpty || addresses[0].Length == 0 ? null : addresses[0] } };
}
