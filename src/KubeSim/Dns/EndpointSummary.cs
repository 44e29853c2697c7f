using System.Globalization;
using KubeSim.Api;
using KubeSim.Tracing;

namespace KubeSim.Dns;

/// <summary>Says of a Service's endpoints why they are not in DNS.</summary>
internal static class EndpointSummary
{
    private const int MostNamed = 3;

    /// <summary>A Service without anything published: headless without ready endpoints, or a ClusterIP that is not there yet.</summary>
    public static Reason NonePublished(ServiceRecords records, Service service, string path)
    {
        if (!records.IsHeadless)
        {
            return new(ReasonCode.NameNotFound, $"Service {records.Name} has no ClusterIP of that family.", path, "spec.clusterIPs");
        }

        List<string> all = Names(records, _ => true);
        if (all.Count > 0)
        {
            return new(
                ReasonCode.NoEndpoints, $"Headless Service {records.Name} has {Count(all.Count, "endpoint")}, none of them ready: {Listed(all)}.",
                path, "spec.publishNotReadyAddresses");
        }

        string because = service.Spec.Selector.IsEmpty ? "it has no selector, and nobody wrote an EndpointSlice for it" : $"its selector {service.Spec.Selector} matches no Pod with an address";
        return new(ReasonCode.NoEndpoints, $"Headless Service {records.Name} has no endpoint: {because}.", path, "spec.selector");
    }

    public static Reason NoSuch(string name, ServiceRecords records, string path)
    {
        if (Names(records, endpoint => string.Equals(endpoint.Hostname, name, StringComparison.OrdinalIgnoreCase)).Count > 0)
        {
            return new(ReasonCode.NoEndpoints, $"Endpoint '{name}' of Service {records.Name} is not ready.", path, "spec.publishNotReadyAddresses");
        }

        List<string> named = Names(records, endpoint => ServiceRecords.IsPublished(endpoint) && !string.IsNullOrEmpty(endpoint.Hostname));
        string others = named.Count > 0 ? $"its ready endpoints are {Listed(named)}"
            : "an endpoint has a name where its Pod has spec.hostname, and spec.subdomain is the Service's name";
        return new(ReasonCode.NameNotFound, $"Service {records.Name} has no endpoint '{name}': {others}.", path, "spec.selector");
    }

    private static List<string> Names(ServiceRecords records, Func<Endpoint, bool> isMeant)
    {
        var names = new List<string>();
        foreach (EndpointSlice slice in records.Slices)
        {
            foreach (Endpoint endpoint in slice.Endpoints)
            {
                if (isMeant(endpoint))
                {
                    string address = endpoint.Addresses.IsEmpty ? "no address" : endpoint.Addresses[0];
                    names.Add((endpoint.Hostname ?? endpoint.TargetRef?.Name) is { Length: > 0 } name ? $"{name} ({address})" : address);
                }
            }
        }

        return names;
    }

    private static string Listed(List<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNamed} more") : "");

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
