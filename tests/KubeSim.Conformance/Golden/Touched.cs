using KubeSim.Api;

namespace KubeSim.Conformance.Golden;

/// <summary>The Services whose slices were put or deleted: kube-proxy writes their rules anew, also where they say the same.</summary>
internal sealed class Touched
{
    private readonly List<(bool IsIPv6, NamespacedName Service)> _services = [];

    public void Add(EndpointSlice slice)
    {
        if (slice.Metadata.Labels[WellKnownLabels.ServiceName] is { } owner)
        {
            _services.Add((slice.AddressType == IPFamily.IPv6, new NamespacedName(slice.Metadata.Namespace, owner)));
        }
    }

    public IReadOnlyList<NamespacedName> Of(bool isIPv6) => [.. _services.Where(entry => entry.IsIPv6 == isIPv6).Select(entry => entry.Service)];

    public void Clear() => _services.Clear();
}
