namespace KubeSim.Conformance.KubeProxy;

/// <summary>Which of kube-proxy's modes the data plane has.</summary>
internal static class ProxyModes
{
    public static bool IsModelled(string mode) => mode == "iptables";
}
