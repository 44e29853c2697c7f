using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointsObjects;

/// <summary>Which addresses stay where an Endpoints object would hold too many: ready ones first, of each subset in proportion.</summary>
/// <source>kubernetes v1.36, pkg/controller/endpoint/endpoints_controller.go: truncateEndpoints</source>
internal static class EndpointsCapacity
{
    public static EquatableArray<EndpointSubset> Truncate(EquatableArray<EndpointSubset> subsets, int capacity, out bool isTruncated)
    {
        int ready = 0;
        int notReady = 0;
        foreach (EndpointSubset subset in subsets)
        {
            ready += subset.Addresses.Length;
            notReady += subset.NotReadyAddresses.Length;
        }

        isTruncated = ready + notReady > capacity;
        if (!isTruncated)
        {
            return subsets;
        }

        bool truncatesReady = ready > capacity;
        int most = truncatesReady ? capacity : capacity - ready;
        int all = truncatesReady ? ready : notReady;
        int left = most;
        var kept = new EndpointSubset[subsets.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            EndpointSubset subset = subsets[i];
            int count = (truncatesReady ? subset.Addresses : subset.NotReadyAddresses).Length;
            int share = Math.Min(left, ((count * most) + all - 1) / all);
            left -= share;
            kept[i] = truncatesReady
                ? subset with { Addresses = First(subset.Addresses, share), NotReadyAddresses = default }
                : subset with { NotReadyAddresses = First(subset.NotReadyAddresses, share) };
        }

        return new(kept);
    }

    private static EquatableArray<EndpointAddress> First(EquatableArray<EndpointAddress> addresses, int count) =>
        count == 0 ? default : new(addresses.AsSpan()[..Math.Min(count, addresses.Length)].ToArray());
}
