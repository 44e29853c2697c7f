using KubeSim.Addressing;
using KubeSim.Api;

namespace KubeSim.Dns;

/// <summary>What an address is called: the Service whose ClusterIP it is, or else each endpoint that has it.</summary>
/// <source>coredns plugin/kubernetes/reverse.go</source>
internal static class PointerTargets
{
    public static IReadOnlyList<string> Of(IpAddress address, ClusterRecords records, DnsServerOptions options, ZoneLookup lookup)
    {
        if (records.FindByClusterIP(address) is { } service && IsShown(service, options, lookup))
        {
            return [NameOf(service, options)];
        }

        var targets = new List<string>();
        if (options.NoEndpoints)
        {
            return targets;
        }

        string text = DnsWords.Of(address);
        foreach (ServiceRecords owner in records.FindByEndpoint(address))
        {
            if (!IsShown(owner, options, lookup))
            {
                continue;
            }

            foreach (EndpointSlice slice in owner.Slices)
            {
                Add(targets, owner, slice, text, options);
            }
        }

        return targets;
    }

    private static void Add(List<string> targets, ServiceRecords owner, EndpointSlice slice, string address, DnsServerOptions options)
    {
        foreach (Endpoint endpoint in slice.Endpoints)
        {
            if (!ServiceRecords.IsPublished(endpoint) || !endpoint.Addresses.AsSpan().Contains(address))
            {
                continue;
            }

            string target = $"{EndpointName.Of(endpoint, address, options.EndpointPodNames)}.{NameOf(owner, options)}";
            if (!targets.Contains(target, StringComparer.Ordinal))
            {
                targets.Add(target);
            }
        }
    }

    private static bool IsShown(ServiceRecords service, DnsServerOptions options, ZoneLookup lookup) =>
        options.Namespaces.IsEmpty || lookup.IsExposed(service.Name.Namespace);

    private static string NameOf(ServiceRecords service, DnsServerOptions options) =>
        $"{service.Name.Name}.{service.Name.Namespace}.svc.{options.ClusterDomain}";
}
