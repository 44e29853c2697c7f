using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>The names of the chains of one service port. They do not depend on the node, nor on what the chains hold.</summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go: portProtoHash, servicePortEndpointChainName</source>
internal sealed class IptablesNames
{
    private const int HashLength = 16;

    private readonly string _hashed;
    private readonly string _hash;

    public IptablesNames(ServicePortName name)
    {
        _hashed = name.ToString() + IptablesMatch.NameOf(name.Protocol);
        _hash = Base32Hash.Of(_hashed, HashLength);
    }

    /// <summary>Spreads over all endpoints: <c>KUBE-SVC-…</c>.</summary>
    public string ServiceChain => field ??= IptablesChains.ServicePrefix + _hash;

    /// <summary>Spreads over the node's endpoints: <c>KUBE-SVL-…</c>.</summary>
    public string LocalChain => field ??= IptablesChains.LocalPrefix + _hash;

    /// <summary>Takes what comes to external addresses: <c>KUBE-EXT-…</c>.</summary>
    public string ExternalChain => field ??= IptablesChains.ExternalPrefix + _hash;

    /// <summary>Lets the allowed sources of a load balancer through: <c>KUBE-FW-…</c>.</summary>
    public string FirewallChain => field ??= IptablesChains.FirewallPrefix + _hash;

    /// <summary>Translates to an endpoint: <c>KUBE-SEP-…</c>.</summary>
    /// <param name="endpoint">Its address and port as text: <c>10.0.0.1:80</c>, <c>[fd00::1]:80</c>.</param>
    public string EndpointChain(string endpoint) => Base32Hash.Of(_hashed + endpoint, HashLength, IptablesChains.EndpointPrefix);
}
