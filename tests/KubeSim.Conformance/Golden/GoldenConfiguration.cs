using KubeSim.Addressing;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy;

namespace KubeSim.Conformance.Golden;

/// <summary>A KubeProxyConfiguration as KubeSim knows it.</summary>
/// <param name="Settings">What the node holds.</param>
/// <param name="Options">What the table is built with.</param>
internal sealed record GoldenConfiguration(ProxySettings Settings, KubeProxyOptions Options)
{
    private const int DefaultMasqueradeBit = 14;

    /// <summary>Keys that have no part in the rules.</summary>
    private static readonly string[] WithoutMeaning =
    [
        "apiVersion", "kind", "clientConnection", "healthzBindAddress", "metricsBindAddress", "hostnameOverride", "ipvs", "winkernel", "logging", "configSyncPeriod", "oomScoreAdj",
        "bindAddress", "bindAddressHardFail", "enableProfiling", "showHiddenMetricsForVersion", "portRange", "windowsRunAsService",
    ];

    /// <summary>The configuration of the default run: what the change sequences were recorded with.</summary>
    public static GoldenConfiguration Default(ProxyMode mode) => new(
        new ProxySettings { Mode = mode, ClusterCidrs = [Cidr.Parse("10.244.0.0/16")], OnlyPrimaryNodePortAddress = mode == ProxyMode.Nftables },
        new KubeProxyOptions());

    /// <exception cref="CaseFormatException">A key means nothing to KubeSim.</exception>
    public static GoldenConfiguration Read(CaseNode node, ProxyMode mode)
    {
        node.Skip(WithoutMeaning);
        string spelled = node["mode"].Text;
        if (spelled != (mode == ProxyMode.Nftables ? "nftables" : "iptables"))
        {
            throw node.Wrong($"is of mode {spelled}");
        }

        CaseNode? iptables = node.Find("iptables");
        CaseNode? nftables = node.Find("nftables");
        foreach (CaseNode? part in new[] { iptables, nftables })
        {
            part?.Skip("minSyncPeriod", "syncPeriod", "masqueradeAll", "masqueradeBit", "localhostNodePorts");
        }

        CaseNode? own = mode == ProxyMode.Nftables ? nftables : iptables;
        CaseNode? conntrack = node.Find("conntrack");
        conntrack?.Skip("maxPerCore", "min", "tcpEstablishedTimeout", "tcpCloseWaitTimeout", "udpTimeout", "udpStreamTimeout");
        IReadOnlyList<string> nodePortAddresses = node.Texts("nodePortAddresses");
        bool primary = nodePortAddresses is ["primary"] || (nodePortAddresses.Count == 0 && mode == ProxyMode.Nftables);
        return new(
            new ProxySettings
            {
                Mode = mode,
                Detector = Detector(node, out string detectorInterface),
                DetectorInterface = detectorInterface,
                ClusterCidrs = [.. Cidrs(node.Find("clusterCIDR")?.Text.Split(',') ?? [])],
                MasqueradeAll = own?.Find("masqueradeAll")?.Boolean ?? false,
                MasqueradeBit = own?.Find("masqueradeBit")?.Int ?? DefaultMasqueradeBit,
                NodePortAddresses = primary ? [] : [.. Cidrs(nodePortAddresses)],
                OnlyPrimaryNodePortAddress = primary,
                LocalhostNodePorts = iptables?.Find("localhostNodePorts")?.Boolean ?? true,
                ConntrackTcpBeLiberal = conntrack?.Find("tcpBeLiberal")?.Boolean ?? false,
            },
            Gates(node.Find("featureGates")));
    }

    private static LocalPodDetector Detector(CaseNode node, out string detectorInterface)
    {
        CaseNode? detail = node.Find("detectLocal");
        string bridge = detail?.Find("bridgeInterface")?.Text ?? "";
        string prefix = detail?.Find("interfaceNamePrefix")?.Text ?? "";
        string mode = node.Find("detectLocalMode")?.Text ?? "";
        detectorInterface = mode == "BridgeInterface" ? bridge : prefix;
        return mode switch
        {
            "" or "ClusterCIDR" => LocalPodDetector.ClusterCIDR,
            "NodeCIDR" => LocalPodDetector.NodeCIDR,
            "BridgeInterface" => LocalPodDetector.BridgeInterface,
            "InterfaceNamePrefix" => LocalPodDetector.InterfaceNamePrefix,
            _ => throw node.Wrong($"has an unknown detectLocalMode {mode}"),
        };
    }

    private static KubeProxyOptions Gates(CaseNode? gates)
    {
        var options = new KubeProxyOptions();
        foreach ((string name, CaseNode value) in gates?.Entries ?? [])
        {
            options = name switch
            {
                "AllowServiceExternalIPs" => options with { AllowServiceExternalIPs = value.Boolean },
                "PreferSameTrafficDistribution" => options with { PreferSameTrafficDistribution = value.Boolean },
                _ => throw value.Wrong("is a feature gate that KubeSim does not know"),
            };
        }

        return options;
    }

    private static IEnumerable<Cidr> Cidrs(IEnumerable<string> texts) => texts.Where(text => text.Length > 0).Select(text => Cidr.Parse(text.Trim()));
}
