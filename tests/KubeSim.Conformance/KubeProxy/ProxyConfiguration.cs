using System.Globalization;
using System.Numerics;
using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>A case's <c>proxy</c>, as it holds for one mode.</summary>
internal sealed record ProxyConfiguration(string Mode)
{
    /// <summary>Every mode that the case is asserted for.</summary>
    public EquatableArray<string> Modes { get; init; } = [Mode];

    /// <summary>The layouts of nftables' rules that the case holds for.</summary>
    public EquatableArray<NftablesLayout> NftablesLayouts { get; init; } = [NftablesLayout.Kubernetes136];

    /// <summary><c>--iptables-sync-period</c>.</summary>
    public TimeSpan SyncPeriod { get; private init; } = TimeSpan.FromSeconds(30);

    /// <summary>With more endpoints than these, iptables' rules are written as for a large cluster.</summary>
    public int LargeClusterEndpoints { get; private init; } = 1000;

    public bool IsIPv6 { get; private init; }

    public string NodeName { get; private init; } = "test-node";

    /// <summary>What the node has on its interfaces, loopback too.</summary>
    public EquatableArray<IpAddress> LocalAddresses { get; private init; }

    /// <summary>What the node has in the network: its primary addresses first, loopback left out.</summary>
    public EquatableArray<IpAddress> NodeAddresses { get; private init; }

    public EquatableArray<Cidr> PodCidrs { get; private init; }

    /// <summary>What decides the tables.</summary>
    public KubeProxyOptions Options { get; private init; } = new();

    /// <summary>What decides the way of a packet.</summary>
    public ProxySettings Settings { get; private init; } = ProxySettings.Default;

    public static ProxyConfiguration Read(CaseNode? proxy, string mode)
    {
        if (proxy is null)
        {
            return new ProxyConfiguration(mode)
            {
                LocalAddresses = [IpAddress.Parse("127.0.0.1"), IpAddress.Parse("::1")],
                Settings = ReadMode(null, mode, new ProxySettings { Mode = ProxyModes.Parse(mode), ClusterCidrs = [Cidr.Parse("10.0.0.0/8")], RandomFully = false }),
            };
        }

        IpAddress[] local = [.. proxy.Texts("localAddresses").Select(IpAddress.Parse)];
        IpAddress[] primary = [.. proxy.Texts("nodeIPs").Select(IpAddress.Parse)];
        EquatableArray<Cidr> podCidrs = proxy.Find("localPodCIDR") is { IsNull: false } cidr ? [Cidr.Parse(cidr.Text)] : [];
        LocalPodDetector detector = ReadDetector(proxy.Find("detectLocal"));
        var settings = new ProxySettings
        {
            Mode = ProxyModes.Parse(mode),
            Detector = detector,
            ClusterCidrs = detector == LocalPodDetector.ClusterCIDR ? podCidrs : [],
            MasqueradeBit = proxy.Find("masqueradeMark") is { } mark ? ReadBit(mark) : ProxySettings.Default.MasqueradeBit,
            MasqueradeAll = proxy.Find("masqueradeAll")?.Boolean ?? false,
            LocalhostNodePorts = mode == "iptables",

            // The iptables of upstream's tests does not know it.
            RandomFully = false,
        };
        CaseNode? own = proxy.Find("perMode")?.Find(mode);
        var defaults = new ProxyConfiguration(mode);
        return defaults with
        {
            SyncPeriod = own?.Find("syncPeriod") is { } period ? Durations.Read(period) : defaults.SyncPeriod,
            LargeClusterEndpoints = own?.Find("largeClusterEndpointsThreshold")?.Int ?? defaults.LargeClusterEndpoints,
            IsIPv6 = proxy["ipFamily"].Text switch
            {
                "IPv4" => false,
                "IPv6" => true,
                _ => throw proxy["ipFamily"].Wrong("should be IPv4 or IPv6"),
            },
            NodeName = proxy["nodeName"].Text,
            LocalAddresses = [.. local],
            NodeAddresses = [.. primary.Concat(local.Where(address => !address.IsLoopback)).Distinct()],
            PodCidrs = podCidrs,
            Options = ReadGates(proxy.Find("featureGates"), new KubeProxyOptions()),
            Settings = ReadMode(proxy.Find("perMode"), mode, settings),
        };
    }

    /// <summary>A mark such as <c>0x4000</c>, which has one bit.</summary>
    private static int ReadBit(CaseNode mark) =>
        mark.Text.StartsWith("0x", StringComparison.Ordinal) && uint.TryParse(mark.Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits) && BitOperations.IsPow2(bits)
            ? BitOperations.Log2(bits) : throw mark.Wrong("is no mark of one bit");

    private static LocalPodDetector ReadDetector(CaseNode? detector) => detector is null || detector.IsNull ? LocalPodDetector.None : detector.Text switch
    {
        "none" => LocalPodDetector.None,
        "ClusterCIDR" => LocalPodDetector.ClusterCIDR,
        "NodeCIDR" => LocalPodDetector.NodeCIDR,
        "BridgeInterface" => LocalPodDetector.BridgeInterface,
        "InterfaceNamePrefix" => LocalPodDetector.InterfaceNamePrefix,
        _ => throw detector.Wrong("is no detector that KubeSim has"),
    };

    private static KubeProxyOptions ReadGates(CaseNode? gates, KubeProxyOptions options)
    {
        foreach ((string gate, CaseNode value) in gates?.Entries ?? [])
        {
            options = gate switch
            {
                "PreferSameTrafficDistribution" => options with { PreferSameTrafficDistribution = value.Boolean },
                "AllowServiceExternalIPs" => options with { AllowServiceExternalIPs = value.Boolean },
                "LoadBalancerIPMode" => options with { LoadBalancerIPMode = value.Boolean },
                _ => throw value.Wrong("is no feature gate that KubeSim knows"),
            };
        }

        return options;
    }

    /// <summary>The options of the mode; those of the others belong to other tests.</summary>
    private static ProxySettings ReadMode(CaseNode? perMode, string mode, ProxySettings settings)
    {
        foreach (string other in perMode?.Keys.Where(key => key != mode) ?? [])
        {
            perMode!.Skip(other);
        }

        // Without a word nftables answers on the primary address only, the others on all.
        CaseNode? own = perMode?.Find(mode);
        string[] nodePortAddresses = own?.Has("nodePortAddresses") == true ? [.. own.Texts("nodePortAddresses")] : mode == "nftables" ? ["primary"] : [];
        own?.Skip("nodeIPFieldNote");
        bool isPrimaryOnly = nodePortAddresses is ["primary"];
        return settings with
        {
            NodePortAddresses = isPrimaryOnly ? [] : [.. nodePortAddresses.Select(Cidr.Parse)],
            OnlyPrimaryNodePortAddress = isPrimaryOnly,
            LocalhostNodePorts = own?.Find("localhostNodePorts")?.Boolean ?? settings.LocalhostNodePorts,
            ConntrackTcpBeLiberal = own?.Find("conntrackTCPLiberal")?.Boolean ?? false,
            ServiceCidrs = [.. own?.Texts("serviceCIDRs").Select(Cidr.Parse) ?? []],
        };
    }
}
