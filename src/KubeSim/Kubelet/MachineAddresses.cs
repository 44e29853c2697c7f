using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Kubelet;

/// <summary>What a kubelet takes from its own Node object: the machine's addresses and the pool for its Pods.</summary>
internal sealed class MachineAddresses
{
    /// <param name="node">The Node; null where it is not registered: then there is nothing.</param>
    public MachineAddresses(Node? node)
    {
        var addresses = new List<IpAddress>();
        var hostIPs = new List<PodAddress>();
        foreach (NodeAddress address in node?.Status.Addresses ?? default)
        {
            if (address.Type == "InternalIP" && IpAddress.TryParse(address.Address, out IpAddress parsed))
            {
                addresses.Add(parsed);
                if (hostIPs.Count == 0 || (hostIPs.Count == 1 && addresses[0].IsIPv4 != parsed.IsIPv4))
                {
                    hostIPs.Add(new PodAddress { IP = address.Address });
                }
            }
        }

        Addresses = [.. addresses];
        HostIPs = [.. hostIPs];
        Pool = new PodAddressPool(Blocks(node?.Spec ?? NodeSpec.Empty));
    }

    /// <summary>Every InternalIP, in order.</summary>
    public EquatableArray<IpAddress> Addresses { get; }

    /// <summary>The first address of each family, as a Pod's status shows them.</summary>
    public EquatableArray<PodAddress> HostIPs { get; }

    public PodAddressPool Pool { get; }

    private static EquatableArray<Cidr> Blocks(NodeSpec spec)
    {
        var blocks = new List<Cidr>();
        foreach (string text in spec.PodCIDRs.IsEmpty && spec.PodCIDR is not null ? [spec.PodCIDR] : spec.PodCIDRs)
        {
            if (Cidr.TryParse(text, out Cidr block))
            {
                blocks.Add(block);
            }
        }

        return [.. blocks];
    }
}
