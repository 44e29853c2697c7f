using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.CloudProvider;

/// <summary>Which addresses a Service has after it was looked at, and why it has none.</summary>
/// <param name="Addresses">One per family, in the order of spec.ipFamilies; taken from the pool.</param>
/// <param name="Pending">Why there is none; null where there is one.</param>
/// <source>MetalLB, controller/service.go convergeBalancer and internal/allocator</source>
internal readonly record struct AddressAssignment(EquatableArray<IpAddress> Addresses, PendingReason? Pending)
{
    /// <summary>Keeps what the Service has as long as it may, else gives back and takes anew.</summary>
    /// <param name="pool">Where addresses are taken from and given back to.</param>
    /// <param name="service">The Service.</param>
    /// <param name="held">What it has so far.</param>
    public static AddressAssignment Make(AddressPool pool, Service service, EquatableArray<IpAddress> held)
    {
        AddressRequest request = AddressRequest.Of(service);
        if (request.Refusal is null && Satisfies(held, request, service))
        {
            return new(held, null);
        }

        Release(pool, service.Name, held);
        return request.Refusal is not null ? new(default, request.Refusal)
            : request.Addresses.IsEmpty ? Any(pool, service)
            : These(pool, service, request);
    }

    public static void Release(AddressPool pool, NamespacedName owner, EquatableArray<IpAddress> held)
    {
        foreach (IpAddress address in held)
        {
            pool.Release(address, owner);
        }
    }

    private static AddressAssignment Any(AddressPool pool, Service service)
    {
        var taken = new List<IpAddress>();
        string missing = "";
        foreach (string family in Families(service))
        {
            if (pool.Take(family == IPFamily.IPv4, service.Name) is { } address)
            {
                taken.Add(address);
            }
            else
            {
                missing = family;
            }
        }

        // Like a ClusterIP, PreferDualStack settles for one family.
        bool isEnough = missing.Length == 0 || (taken.Count > 0 && service.Spec.IPFamilyPolicy == IPFamilyPolicy.PreferDualStack);
        EquatableArray<IpAddress> addresses = [.. taken];
        if (isEnough)
        {
            return new(addresses, null);
        }

        Release(pool, service.Name, addresses);
        string why = pool.HasFamily(missing == IPFamily.IPv4) ? "no available IPs" : $"no available IPs: the pool has no {missing} address";
        return Failed(service, why, null);
    }

    private static AddressAssignment These(AddressPool pool, Service service, AddressRequest request)
    {
        EquatableArray<string> families = Families(service);
        foreach (IpAddress address in request.Addresses)
        {
            string family = address.IsIPv4 ? IPFamily.IPv4 : IPFamily.IPv6;
            string? why = !pool.Contains(address) ? $"[\"{address}\"] is not allowed in config"
                : !families.AsSpan().Contains(family) ? $"requested IP \"{address}\" is of the family {family}, which is not in spec.ipFamilies {families}"
                : pool.OwnerOf(address) is { } owner && owner != service.Name ? $"can't change sharing key for \"{service.Name}\", address also in use by {owner}"
                : null;
            if (why is not null)
            {
                return Failed(service, why, request.Field);
            }
        }

        foreach (IpAddress address in request.Addresses)
        {
            pool.TryTake(address, service.Name);
        }

        return new(request.Addresses, null);
    }

    private static AddressAssignment Failed(Service service, string why, string? field) =>
        new(default, new PendingReason("AllocationFailed", $"Failed to allocate IP for \"{service.Name}\": {why}", field));

    private static bool Satisfies(EquatableArray<IpAddress> held, AddressRequest request, Service service)
    {
        if (held.IsEmpty)
        {
            return false;
        }

        if (!request.Addresses.IsEmpty)
        {
            return held == request.Addresses;
        }

        EquatableArray<string> families = Families(service);
        for (int i = 0; i < held.Length; i++)
        {
            if (i >= families.Length || (families[i] == IPFamily.IPv4) != held[i].IsIPv4)
            {
                return false;
            }
        }

        return held.Length == families.Length || service.Spec.IPFamilyPolicy == IPFamilyPolicy.PreferDualStack;
    }

    /// <summary>The Service's families; a server has them filled in.</summary>
    private static EquatableArray<string> Families(Service service) =>
        !service.Spec.IPFamilies.IsEmpty ? service.Spec.IPFamilies
        : IpAddress.TryParse(service.Spec.ClusterIP, out IpAddress clusterIP) && clusterIP.IsIPv6 ? [IPFamily.IPv6]
        : [IPFamily.IPv4];
}
