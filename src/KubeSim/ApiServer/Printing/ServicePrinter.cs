using System.Globalization;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Printing;

/// <summary>Services as kubectl shows them.</summary>
internal static class ServicePrinter
{
    internal static readonly Printer Printer = new(
        [new("Name"), new("Type"), new("Cluster-IP"), new("External-IP"), new("Port(s)"), new("Age"), new("Selector", true)],
        static (value, now) => Cells((Service)value, now));

    private static EquatableArray<string> Cells(Service value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec.Type ?? ServiceType.ClusterIP,
        value.Spec.ClusterIPs.IsEmpty ? Cell.None : value.Spec.ClusterIPs[0],
        ExternalIP(value),
        value.Spec.Ports.IsEmpty ? Cell.None : string.Join(',', value.Spec.Ports.Select(Port)),
        Cell.Age(value, now),
        Cell.Labels(value.Spec.Selector),
    ];

    private static string ExternalIP(Service value)
    {
        if (value.Spec.Type == ServiceType.ExternalName)
        {
            return value.Spec.ExternalName ?? "";
        }

        var addresses = new List<string>();
        if (value.Spec.Type == ServiceType.LoadBalancer)
        {
            var ingress = new SortedSet<string>(StringComparer.Ordinal);
            foreach (LoadBalancerIngress entry in value.Status.LoadBalancer.Ingress)
            {
                ingress.Add(string.IsNullOrEmpty(entry.IP) ? entry.Hostname ?? "" : entry.IP);
            }

            addresses.AddRange(ingress);
        }

        addresses.AddRange(value.Spec.ExternalIPs);
        return addresses.Count > 0 ? string.Join(',', addresses) : value.Spec.Type == ServiceType.LoadBalancer ? "<pending>" : Cell.None;
    }

    private static string Port(ServicePort port) => port.NodePort is null or 0
        ? string.Create(CultureInfo.InvariantCulture, $"{port.Port}/{port.Protocol}")
        : string.Create(CultureInfo.InvariantCulture, $"{port.Port}:{port.NodePort}/{port.Protocol}");
}
