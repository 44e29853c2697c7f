using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>kube-proxy's modes in cases.</summary>
internal static class ProxyModes
{
    public static ProxyMode Parse(string mode) => mode switch
    {
        "iptables" => ProxyMode.IPTables,
        "nftables" => ProxyMode.Nftables,
        "ipvs" => ProxyMode.Ipvs,
        _ => throw new CaseFormatException($"'{mode}' is no mode of kube-proxy"),
    };
}
