using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>kube-proxy's modes in cases.</summary>
internal static class ProxyModes
{
    /// <summary>Those that the data plane does not tell apart from iptables yet; flows are not looked at there.</summary>
    private static readonly ProxyMode[] Missing = [ProxyMode.Nftables, ProxyMode.Ipvs];

    public static bool IsModelled(ProxyMode mode) => !Missing.Contains(mode);

    public static ProxyMode Parse(string mode) => mode switch
    {
        "iptables" => ProxyMode.IPTables,
        "nftables" => ProxyMode.Nftables,
        "ipvs" => ProxyMode.Ipvs,
        _ => throw new CaseFormatException($"'{mode}' is no mode of kube-proxy"),
    };
}
