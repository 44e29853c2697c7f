using System.Globalization;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>How many endpoints a zone should have, by its share of the processors.</summary>
/// <param name="Desired">As near to its share as it may be.</param>
/// <param name="Maximum">More would leave another zone with too few.</param>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice/topologycache, topologycache.go: getAllocations; utils.go: getGivingAndReceivingZones</source>
internal readonly record struct ZoneAllocation(double Desired, int Maximum)
{
    private const double OverloadThreshold = 0.2;

    /// <summary>What each zone gets; null with the reason in words where it cannot be had.</summary>
    public static SortedDictionary<string, ZoneAllocation>? Of(SortedDictionary<string, double>? shares, int endpoints, out string problem)
    {
        problem = "";
        if (shares is null || shares.Count == 0)
        {
            problem = "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes";
            return null;
        }

        if (shares.Count < 2)
        {
            problem = "Nodes only ready in one zone";
            return null;
        }

        if (shares.Count > endpoints)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"Insufficient number of endpoints ({endpoints} endpoints, {shares.Count} zones)");
            return null;
        }

        var minima = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach ((string zone, double share) in shares)
        {
            minima.Add(zone, (int)Math.Ceiling(share * endpoints * (1 / (1 + OverloadThreshold))));
        }

        int spare = endpoints - minima.Values.Sum();
        if (spare < 0)
        {
            problem = string.Create(
                CultureInfo.InvariantCulture, $"Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ({endpoints} endpoints, {shares.Count} zones)");
            return null;
        }

        var allocations = new SortedDictionary<string, ZoneAllocation>(StringComparer.Ordinal);
        foreach ((string zone, int minimum) in minima)
        {
            allocations.Add(zone, new(Math.Max(shares[zone] * endpoints, minimum), minimum + spare));
        }

        return allocations;
    }

    /// <summary>How many endpoints zones with too many give, and zones with too few get: those furthest from what they should have first.</summary>
    public static (SortedDictionary<string, int> Giving, SortedDictionary<string, int> Receiving) Exchange(
        IReadOnlyDictionary<string, double> desired, IReadOnlyDictionary<string, int> present)
    {
        var surplus = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string zone, double wanted) in desired)
        {
            surplus.Add(zone, present.GetValueOrDefault(zone) - wanted);
        }

        var giving = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var receiving = new SortedDictionary<string, int>(StringComparer.Ordinal);
        while (surplus.Count > 0)
        {
            string giver = surplus.MaxBy(entry => entry.Value).Key;
            string receiver = surplus.MinBy(entry => entry.Value).Key;
            double most = surplus[giver];
            double need = -surplus[receiver];
            if (most < 0.5 || need < 0.5 || (most < 1 && need < 1))
            {
                break;
            }

            surplus[giver]--;
            surplus[receiver]++;
            giving[giver] = giving.GetValueOrDefault(giver) + 1;
            receiving[receiver] = receiving.GetValueOrDefault(receiver) + 1;
        }

        return (giving, receiving);
    }
}
