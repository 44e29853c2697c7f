using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>
/// Hints by the zones' capacity (annotation <c>topology-mode: Auto</c>): every ready endpoint names one zone, its own as far as that gives each zone
/// about its share of the processors. All endpoints of an address type have hints, or none.
/// </summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice/topologycache, topologycache.go: AddHints; sliceinfo.go; utils.go: redistributeHints</source>
internal sealed class TopologyHints(List<EndpointSlice> creates, List<EndpointSlice> updates, List<EndpointSlice> untouched)
{
    /// <summary>Whether a Service asks for them.</summary>
    public static bool AreWantedBy(Service service) =>
        (service.Metadata.Annotations[WellKnownLabels.TopologyAwareHints] ?? service.Metadata.Annotations[WellKnownLabels.TopologyMode]) is "Auto" or "auto";

    /// <summary>Gives hints, or takes them away where that cannot be; slices that were right until now may move to those that are written.</summary>
    /// <param name="shares">What <see cref="ZoneShares"/> says; null for not enough.</param>
    /// <returns>Why there are no hints; empty where there are.</returns>
    public string Give(SortedDictionary<string, double>? shares)
    {
        int ready = Lists().Sum(list => list.Sum(slice => slice.Endpoints.Count(IsReady)));
        if (ZoneAllocation.Of(shares, ready, out string problem) is not { } allocations)
        {
            Remove();
            return problem;
        }

        SortedDictionary<string, int> given = KeepUntouched(allocations);
        if (creates.Concat(updates).Any(slice => slice.Endpoints.Any(endpoint => IsReady(endpoint) && string.IsNullOrEmpty(endpoint.Zone))))
        {
            Remove();
            return "One or more endpoints do not have a zone specified";
        }

        Change(endpoint =>
        {
            if (!IsReady(endpoint))
            {
                return null;
            }

            given[endpoint.Zone!] = given.GetValueOrDefault(endpoint.Zone!) + 1;
            return endpoint.Zone;
        });
        Redistribute(ZoneAllocation.Exchange(allocations.ToDictionary(zone => zone.Key, zone => zone.Value.Desired, StringComparer.Ordinal), given));
        return "";
    }

    /// <summary>Takes all hints away.</summary>
    public void Remove()
    {
        Change(static _ => null);
        Move(slice => slice.Endpoints.Any(endpoint => endpoint.Hints is not null), static slice => slice with { Endpoints = slice.Endpoints.Select(endpoint => With(endpoint, null)).ToEquatableArray() });
    }

    private static bool IsReady(Endpoint endpoint) => endpoint.Conditions.Ready == true;

    private static Endpoint With(Endpoint endpoint, string? zone)
    {
        EndpointHints? hints = zone is null ? null : new EndpointHints { ForZones = [new ForZone { Name = zone }] };
        return endpoint.Hints == hints ? endpoint : endpoint with { Hints = hints };
    }

    private IEnumerable<List<EndpointSlice>> Lists() => [creates, updates, untouched];

    /// <summary>An untouched slice keeps its hints where they are complete and no zone has more than it may.</summary>
    private SortedDictionary<string, int> KeepUntouched(SortedDictionary<string, ZoneAllocation> allocations)
    {
        var given = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Move(slice =>
        {
            if (HintsOf(slice, allocations) is not { } hints || hints.Any(zone => zone.Value + given.GetValueOrDefault(zone.Key) > allocations[zone.Key].Maximum))
            {
                return true;
            }

            foreach ((string zone, int count) in hints)
            {
                given[zone] = given.GetValueOrDefault(zone) + count;
            }

            return false;
        }, static slice => slice);
        return given;
    }

    /// <summary>How many hints a slice has for each zone; null where one is missing, or for a zone that is not there.</summary>
    private static SortedDictionary<string, int>? HintsOf(EndpointSlice slice, SortedDictionary<string, ZoneAllocation> allocations)
    {
        var hints = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (Endpoint endpoint in slice.Endpoints)
        {
            if (!IsReady(endpoint))
            {
                continue;
            }

            if (endpoint.Hints is null or { ForZones.IsEmpty: true })
            {
                return null;
            }

            foreach (ForZone zone in endpoint.Hints.ForZones)
            {
                if (!allocations.ContainsKey(zone.Name))
                {
                    return null;
                }

                hints[zone.Name] = hints.GetValueOrDefault(zone.Name) + 1;
            }
        }

        return hints;
    }

    private void Redistribute((SortedDictionary<string, int> Giving, SortedDictionary<string, int> Receiving) exchange) => Change(endpoint =>
    {
        if (!IsReady(endpoint) || exchange.Giving.GetValueOrDefault(endpoint.Zone!) == 0 || exchange.Receiving.FirstOrDefault(zone => zone.Value > 0).Key is not { } receiver)
        {
            return endpoint.Hints?.ForZones[0].Name;
        }

        exchange.Giving[endpoint.Zone!]--;
        exchange.Receiving[receiver]--;
        return receiver;
    });

    /// <summary>Gives every endpoint of the slices that are written the hint for a zone, or none.</summary>
    private void Change(Func<Endpoint, string?> zoneOf)
    {
        foreach (List<EndpointSlice> list in (IEnumerable<List<EndpointSlice>>)[creates, updates])
        {
            for (int i = 0; i < list.Count; i++)
            {
                list[i] = list[i] with { Endpoints = list[i].Endpoints.Select(endpoint => With(endpoint, zoneOf(endpoint))).ToEquatableArray() };
            }
        }
    }

    /// <summary>Moves untouched slices to those that are written.</summary>
    private void Move(Func<EndpointSlice, bool> which, Func<EndpointSlice, EndpointSlice> changed)
    {
        foreach (EndpointSlice slice in untouched.Where(which).ToArray())
        {
            untouched.Remove(slice);
            updates.Add(changed(slice));
        }
    }
}
