using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>What EndpointSlices and Endpoints say that leave things out.</summary>
/// <source>kubernetes v1.36, pkg/apis/discovery/v1/defaults.go, pkg/apis/core/v1/defaults.go, SetDefaults_Endpoints</source>
internal static class EndpointDefaults
{
    private const string Topology = "deprecatedTopology";

    internal static EndpointSlice Complete(EndpointSlice value)
    {
        EquatableArray<EndpointPort> ports = value.Ports.Complete(static (port, _) => port is { Name: not null, Protocol: { Length: > 0 } } ? port
            : port with { Name = port.Name ?? "", Protocol = Tcp(port.Protocol) }, 0);
        value = ports == value.Ports ? value : value with { Ports = ports };
        EquatableArray<Endpoint> endpoints = value.Endpoints.Complete(static (endpoint, _) => WithoutTopology(endpoint), 0);
        return endpoints == value.Endpoints ? value : value with { Endpoints = endpoints };
    }

    internal static Endpoints Complete(Endpoints value)
    {
        EquatableArray<EndpointSubset> subsets = value.Subsets.Complete(static (subset, _) => Complete(subset), 0);
        return subsets == value.Subsets ? value : value with { Subsets = subsets };
    }

    private static EndpointSubset Complete(EndpointSubset subset)
    {
        EquatableArray<EndpointPort> ports = subset.Ports.Complete(static (port, _) =>
            string.IsNullOrEmpty(port.Protocol) ? port with { Protocol = Protocol.TCP } : port, 0);
        return ports == subset.Ports ? subset : subset with { Ports = ports };
    }

    /// <summary>What this version of the kind keeps only of objects of the beta version.</summary>
    private static Endpoint WithoutTopology(Endpoint endpoint) => endpoint.Carried[Topology] is null ? endpoint
        : endpoint with { Carried = new CarriedFields([.. endpoint.Carried.Fields.Where(field => field.Name != Topology)]) };

    private static string Tcp(string? protocol) => string.IsNullOrEmpty(protocol) ? Protocol.TCP : protocol;
}
