namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>The chains that kube-proxy always has, and the beginnings of those it makes for a service port.</summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go</source>
internal static class IptablesChains
{
    public const string Services = "KUBE-SERVICES";
    public const string ExternalServices = "KUBE-EXTERNAL-SERVICES";
    public const string NodePorts = "KUBE-NODEPORTS";
    public const string Postrouting = "KUBE-POSTROUTING";
    public const string MarkMasq = "KUBE-MARK-MASQ";
    public const string Forward = "KUBE-FORWARD";
    public const string ProxyFirewall = "KUBE-PROXY-FIREWALL";

    /// <summary>The kubelet's, which kube-proxy fills too.</summary>
    public const string Firewall = "KUBE-FIREWALL";

    /// <summary>Empty; should it vanish, somebody has flushed the tables.</summary>
    public const string Canary = "KUBE-PROXY-CANARY";

    public const string ServicePrefix = "KUBE-SVC-";
    public const string LocalPrefix = "KUBE-SVL-";
    public const string ExternalPrefix = "KUBE-EXT-";
    public const string FirewallPrefix = "KUBE-FW-";
    public const string EndpointPrefix = "KUBE-SEP-";
}
