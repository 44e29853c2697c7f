using KubeSim.Addressing;
using KubeSim.Api;

namespace KubeSim.Dns;

/// <summary>Which Services have an address among their endpoints, ready or not. A change of readiness leaves it alone.</summary>
internal sealed class EndpointAddressIndex
{
    private readonly Dictionary<IpAddress, List<ServiceRecords>> _owners = [];

    public EndpointAddressIndex(IEnumerable<NamespaceRecords> namespaces)
    {
        foreach (NamespaceRecords space in namespaces)
        {
            foreach (ServiceRecords records in space.Services)
            {
                foreach (EndpointSlice slice in records.Slices)
                {
                    Replace(records, null, slice);
                }
            }
        }
    }

    /// <summary>Each Service once, in order of their names.</summary>
    public IReadOnlyList<ServiceRecords> Find(IpAddress address) =>
        _owners.TryGetValue(address, out List<ServiceRecords>? owners) ? [.. owners.Distinct().OrderBy(owner => owner.Name)] : [];

    public void Replace(ServiceRecords owner, EndpointSlice? previous, EndpointSlice? next)
    {
        ReadOnlySpan<Endpoint> old = previous is null ? default : previous.Endpoints.AsSpan();
        ReadOnlySpan<Endpoint> now = next is null ? default : next.Endpoints.AsSpan();
        int same = 0;
        while (same < old.Length && same < now.Length && old[same].Addresses == now[same].Addresses)
        {
            same++;
        }

        int sameEnd = 0;
        while (sameEnd < old.Length - same && sameEnd < now.Length - same && old[^(sameEnd + 1)].Addresses == now[^(sameEnd + 1)].Addresses)
        {
            sameEnd++;
        }

        foreach (Endpoint endpoint in old[same..^sameEnd])
        {
            Remove(owner, endpoint);
        }

        foreach (Endpoint endpoint in now[same..^sameEnd])
        {
            Add(owner, endpoint);
        }
    }

    private void Add(ServiceRecords owner, Endpoint endpoint)
    {
        foreach (string text in endpoint.Addresses)
        {
            if (!IpAddress.TryParse(text, out IpAddress address))
            {
                continue;
            }

            if (!_owners.TryGetValue(address, out List<ServiceRecords>? owners))
            {
                _owners.Add(address, owners = new(1));
            }

            owners.Add(owner);
        }
    }

    private void Remove(ServiceRecords owner, Endpoint endpoint)
    {
        foreach (string text in endpoint.Addresses)
        {
            if (IpAddress.TryParse(text, out IpAddress address) && _owners.TryGetValue(address, out List<ServiceRecords>? owners)
                && owners.Remove(owner) && owners.Count == 0)
            {
                _owners.Remove(address);
            }
        }
    }
}
