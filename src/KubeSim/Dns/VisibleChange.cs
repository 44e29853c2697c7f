using KubeSim.Api;

namespace KubeSim.Dns;

/// <summary>Whether a change alters what DNS answers; only such a change moves the serial number of the zone.</summary>
/// <source>coredns plugin/kubernetes/controller.go, serviceModified and endpointsEquivalent</source>
internal static class VisibleChange
{
    public static bool Between(Service? before, Service? after)
    {
        if (before is null || after is null)
        {
            return !ReferenceEquals(before, after);
        }

        ServiceSpec old = before.Spec;
        ServiceSpec now = after.Spec;
        return old.Type != now.Type || old.ExternalName != now.ExternalName || old.ClusterIP != now.ClusterIP
            || old.ClusterIPs != now.ClusterIPs || old.ExternalIPs != now.ExternalIPs || old.Ports != now.Ports;
    }

    public static bool Between(EndpointSlice? before, EndpointSlice? after)
    {
        if (before is null || after is null)
        {
            return !ReferenceEquals(before, after);
        }

        return before.Ports != after.Ports || !SamePublished(before.Endpoints.AsSpan(), after.Endpoints.AsSpan());
    }

    /// <summary>Compares the ready endpoints in order; endpoints that are the same instance, nearly all after one flip, cost a comparison of references.</summary>
    private static bool SamePublished(ReadOnlySpan<Endpoint> old, ReadOnlySpan<Endpoint> now)
    {
        int left = 0;
        int right = 0;
        while (true)
        {
            left = NextPublished(old, left);
            right = NextPublished(now, right);
            if (left == old.Length || right == now.Length)
            {
                return left == old.Length && right == now.Length;
            }

            Endpoint one = old[left++];
            Endpoint other = now[right++];
            if (!ReferenceEquals(one, other) && (one.Hostname != other.Hostname || one.Addresses != other.Addresses))
            {
                return false;
            }
        }
    }

    private static int NextPublished(ReadOnlySpan<Endpoint> endpoints, int from)
    {
        while (from < endpoints.Length && !ServiceRecords.IsPublished(endpoints[from]))
        {
            from++;
        }

        return from;
    }
}
