using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointsObjects;

/// <summary>Subsets in their canonical form: ports with the same addresses stand together; what is ready and not ready at once for a port is not ready.</summary>
/// <source>kubernetes v1.36, pkg/api/v1/endpoints/util.go, RepackSubsets</source>
internal static class SubsetPacking
{
    public static List<EndpointSubset> Repack(EquatableArray<EndpointSubset> subsets)
    {
        var ports = new List<PortAddresses>();
        foreach (EndpointSubset subset in subsets)
        {
            foreach (EndpointPort? port in subset.Ports.IsEmpty ? [null] : subset.Ports.Select(one => (EndpointPort?)one))
            {
                PortAddresses? known = ports.Find(one => one.Port == port);
                if (known is null)
                {
                    ports.Add(known = new PortAddresses(port));
                }

                known.Take(subset.Addresses, isReady: true);
                known.Take(subset.NotReadyAddresses, isReady: false);
            }
        }

        var packed = new List<EndpointSubset>();
        while (ports is [var first, ..])
        {
            PortAddresses[] same = [.. ports.Where(first.HasSameAddresses)];
            ports.RemoveAll(same.Contains);
            packed.Add(first.Subset(same.Select(one => one.Port).OfType<EndpointPort>()));
        }

        return packed;
    }

    /// <summary>The addresses that have one port; null stands for having none.</summary>
    private sealed class PortAddresses(EndpointPort? port)
    {
        private readonly SortedDictionary<(string IP, string Uid), (EndpointAddress Address, bool IsReady)> _addresses = [];

        public EndpointPort? Port => port;

        public void Take(EquatableArray<EndpointAddress> addresses, bool isReady)
        {
            foreach (EndpointAddress address in addresses)
            {
                (string IP, string) key = (address.IP, address.TargetRef?.Uid ?? "");
                bool wasReady = !_addresses.TryGetValue(key, out (EndpointAddress Address, bool IsReady) known) || known.IsReady;
                _addresses[key] = (address, isReady && wasReady);
            }
        }

        public bool HasSameAddresses(PortAddresses other) =>
            _addresses.Select(entry => (entry.Key, entry.Value.IsReady)).SequenceEqual(other._addresses.Select(entry => (entry.Key, entry.Value.IsReady)));

        public EndpointSubset Subset(IEnumerable<EndpointPort> ports) => new()
        {
            Addresses = _addresses.Values.Where(one => one.IsReady).Select(one => one.Address).ToEquatableArray(),
            NotReadyAddresses = _addresses.Values.Where(one => !one.IsReady).Select(one => one.Address).ToEquatableArray(),
            Ports = ports.ToEquatableArray(),
        };
    }
}
