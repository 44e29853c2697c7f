using System.Globalization;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Printing;

/// <summary>Endpoints and EndpointSlices as kubectl shows them.</summary>
internal static class EndpointPrinter
{
    internal static readonly Printer Endpoints = new(
        [new("Name"), new("Endpoints"), new("Age")],
        static (value, now) => [value.Metadata.Name, Addresses((Endpoints)value), Cell.Age(value, now)]);

    internal static readonly Printer EndpointSlices = new(
        [new("Name"), new("AddressType"), new("Ports"), new("Endpoints"), new("Age")],
        static (value, now) => Cells((EndpointSlice)value, now));

    private static EquatableArray<string> Cells(EndpointSlice value, DateTimeOffset now)
    {
        var ports = new List<string>();
        foreach (EndpointPort port in value.Ports)
        {
            ports.Add(port.Port is { } number ? Cell.Number(number) : string.IsNullOrEmpty(port.Name) ? "*" : port.Name);
        }

        var addresses = new List<string>();
        foreach (Endpoint endpoint in value.Endpoints)
        {
            addresses.AddRange(endpoint.Addresses);
        }

        return
        [
            value.Metadata.Name,
            value.AddressType,
            ports.Count == 0 ? Cell.Unset : Cell.FirstFew(ports),
            addresses.Count == 0 ? Cell.Unset : Cell.FirstFew(addresses),
            Cell.Age(value, now),
        ];
    }

    /// <summary>The ready addresses with each port.</summary>
    private static string Addresses(Endpoints value)
    {
        if (value.Subsets.IsEmpty)
        {
            return Cell.None;
        }

        var list = new List<string>();
        foreach (EndpointSubset subset in value.Subsets)
        {
            if (subset.Ports.IsEmpty)
            {
                list.AddRange(subset.Addresses.Select(address => address.IP));
            }

            foreach (EndpointPort port in subset.Ports)
            {
                list.AddRange(subset.Addresses.Select(address => address.IP.Contains(':', StringComparison.Ordinal)
                    ? string.Create(CultureInfo.InvariantCulture, $"[{address.IP}]:{port.Port}")
                    : string.Create(CultureInfo.InvariantCulture, $"{address.IP}:{port.Port}")));
            }
        }

        return Cell.FirstFew(list);
    }
}
