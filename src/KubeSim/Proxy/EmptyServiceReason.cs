using System.Globalization;
using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>Why a service port has no endpoint that takes traffic, as far as the Service and its slices tell.</summary>
internal static class EmptyServiceReason
{
    private const string TargetPort = "spec.ports[*].targetPort";
    private const string Ports = "spec.ports";

    /// <summary>Completes "Service default/web has no endpoints: …".</summary>
    /// <param name="service">The Service.</param>
    /// <param name="name">The port.</param>
    /// <param name="slices">All slices of the Service.</param>
    /// <param name="endpoints">Endpoints that the slices list for this port.</param>
    public static string Of(Service service, ServicePortName name, IEnumerable<EndpointSlice> slices, int endpoints)
    {
        string selector = service.Spec.Selector.ToString();
        if (endpoints > 0)
        {
            return selector.Length == 0
                ? $"its EndpointSlices list {Count(endpoints, "endpoint")}, none of them ready"
                : $"its selector {selector} matches {Count(endpoints, "Pod")}, none of them ready (spec.selector)";
        }

        string family = name.IsIPv6 ? IPFamily.IPv6 : IPFamily.IPv4;
        int elsewhere = slices.Where(slice => slice.AddressType == family).Sum(slice => slice.Endpoints.Length);
        if (elsewhere > 0)
        {
            ServicePort? port = service.Spec.Ports.FirstOrDefault(port => (port.Name ?? "") == name.PortName && FrontendRules.ProtocolOf(port.Protocol) == name.Protocol);
            return port?.TargetPort is { IsNumber: false } target
                ? $"{(elsewhere == 1 ? "its 1 endpoint has no" : string.Create(CultureInfo.InvariantCulture, $"none of its {elsewhere} endpoints has a"))} port named {target} ({TargetPort})"
                : $"none of its EndpointSlices, with {Count(elsewhere, "endpoint")}, has the port '{name.PortName}' ({Ports})";
        }

        return selector.Length == 0
            ? "it has no selector, and no EndpointSlice lists an endpoint for it (spec.selector)"
            : $"its selector {selector} matches no Pod with an {family} address (spec.selector)";
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : string.Create(CultureInfo.InvariantCulture, $"{number} {what}s");
}
