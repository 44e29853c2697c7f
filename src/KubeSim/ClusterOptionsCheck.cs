using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer.Validation;
using KubeSim.CloudProvider;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Dns;
using KubeSim.Kubelet;
using KubeSim.LoadBalancing;

namespace KubeSim;

/// <summary>Whether a cluster can be made of its options.</summary>
internal static class ClusterOptionsCheck
{
    /// <summary>Leaves room before the end of the calendar for what is dated ahead.</summary>
    private const int LatestYear = 9000;

    /// <exception cref="ArgumentException">An option is not acceptable; the message names it.</exception>
    internal static void Throw(ClusterOptions options)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var addresses = new HashSet<IpAddress>();
        for (int i = 0; i < options.Nodes.Length; i++)
        {
            NodeOptions node = options.Nodes[i] ?? throw Wrong($"Nodes[{i}]", "is null");
            if (node.Name is not { Length: <= Names.LabelLength } || !Names.IsSubdomain(node.Name))
            {
                throw Wrong($"Nodes[{i}].Name", $"is '{Excerpt.Of(node.Name)}', not a name in lower case of at most 63 characters such as 'node-1'");
            }

            if (!names.Add(node.Name))
            {
                throw Wrong($"Nodes[{i}].Name", $"is '{node.Name}', which another node has");
            }

            if (node.Address is { } address && !addresses.Add(address))
            {
                throw Wrong($"Nodes[{i}].Address", $"is {address}, which another node has");
            }

            if (node.Cores is < 1 or > 1024)
            {
                throw Wrong($"Nodes[{i}].Cores", $"is {node.Cores}, not a number from 1 to 1024");
            }

            CheckLabels(node, $"Nodes[{i}]");
        }

        CheckLoadBalancerAddresses(options);
        CheckBlocks(options);
        CheckProxy(options);
        if (options.FirstNodePort is < 1 or > ushort.MaxValue)
        {
            throw Wrong(nameof(options.FirstNodePort), $"is {options.FirstNodePort}, not a port from 1 to 65535");
        }

        if (options.LastNodePort < options.FirstNodePort || options.LastNodePort > ushort.MaxValue)
        {
            throw Wrong(nameof(options.LastNodePort), $"is {options.LastNodePort}, not a port from {nameof(options.FirstNodePort)} {options.FirstNodePort} to 65535");
        }

        if (options.Delays is null || options.Delays.FirstOutOfRange() is not null)
        {
            throw Wrong($"{nameof(options.Delays)}.{options.Delays?.FirstOutOfRange()}".TrimEnd('.'), options.Delays is null ? "is null" : "is outside 0 to 365 days");
        }

        if (options.StartTime.UtcDateTime.Year > LatestYear)
        {
            throw Wrong(nameof(options.StartTime), $"is {options.StartTime:yyyy-MM-dd}, later than the year {LatestYear}");
        }

        if (string.IsNullOrWhiteSpace(options.ClusterDomain) || !DnsName.IsValid(options.ClusterDomain, out _))
        {
            throw Wrong(nameof(options.ClusterDomain), $"is '{Excerpt.Of(options.ClusterDomain)}', not a name of DNS such as 'cluster.local'");
        }
    }

    private static void CheckBlocks(ClusterOptions options)
    {
        if (options.PodCidr.First.IsIPv4 != options.ServiceCidr.First.IsIPv4)
        {
            throw Wrong(nameof(options.ServiceCidr), $"{options.ServiceCidr} is of another family than {nameof(options.PodCidr)} {options.PodCidr}: Services could not reach Pods; give both in {(options.PodCidr.First.IsIPv4 ? "IPv4" : "IPv6")}");
        }

        if (options.PodCidr.Overlaps(options.ServiceCidr))
        {
            throw Wrong(nameof(options.ServiceCidr), $"{options.ServiceCidr} overlaps {nameof(options.PodCidr)} {options.PodCidr}");
        }

        if (options.ServiceCidr.Count <= ControlPlane.DnsPlace)
        {
            throw Wrong(nameof(options.ServiceCidr), $"{options.ServiceCidr} is too small: place {ControlPlane.DnsPlace} is that of the cluster's DNS");
        }

        if (PodCidrAllocator.NodesIn(options.PodCidr) is var room && room < Math.Max(1, options.Nodes.Length))
        {
            throw Wrong(nameof(options.PodCidr), $"{options.PodCidr} has blocks for {room} nodes, and there are {options.Nodes.Length}; make its prefix shorter");
        }

        if (new ClusterAddresses(options).Machines is null)
        {
            throw Wrong(nameof(options.PodCidr), $"{options.PodCidr} and {nameof(options.ServiceCidr)} {options.ServiceCidr} leave no addresses to machines");
        }

        for (int i = 0; i < options.Nodes.Length; i++)
        {
            if (options.Nodes[i].Address is { } given && given.IsIPv4 != options.PodCidr.First.IsIPv4)
            {
                throw Wrong($"Nodes[{i}].Address", $"is {given}, of another family than {nameof(options.PodCidr)} {options.PodCidr}");
            }

            if (options.Nodes[i].Address is { } address && new ClusterAddresses(options).OwnerOf(address) is { } owner)
            {
                throw Wrong($"Nodes[{i}].Address", $"is {address}, {owner}");
            }
        }
    }

    private static void CheckProxy(ClusterOptions options)
    {
        if (!Enum.IsDefined(options.ProxyMode))
        {
            throw Wrong(nameof(options.ProxyMode), $"is {options.ProxyMode}, which is no mode");
        }

        for (int i = 0; i < options.Nodes.Length; i++)
        {
            if (options.Nodes[i].ProxyMode is { } mode && !Enum.IsDefined(mode))
            {
                throw Wrong($"Nodes[{i}].ProxyMode", $"is {mode}, which is no mode");
            }
        }

        if (!KubernetesRelease.TryParse(options.KubernetesVersion, out _))
        {
            throw Wrong(nameof(options.KubernetesVersion), $"is '{Excerpt.Of(options.KubernetesVersion)}', not one of {KubernetesRelease.Known}");
        }

        if (options.KubeProxy is not { } proxy)
        {
            throw Wrong(nameof(options.KubeProxy), "is null");
        }

        if (!Enum.IsDefined(proxy.DetectLocalMode))
        {
            throw Wrong("KubeProxy.DetectLocalMode", $"is {proxy.DetectLocalMode}, which is no mode");
        }

        if (proxy.DetectLocalMode is LocalPodDetector.BridgeInterface or LocalPodDetector.InterfaceNamePrefix && string.IsNullOrWhiteSpace(proxy.DetectLocalInterface))
        {
            throw Wrong("KubeProxy.DetectLocalInterface", $"is empty, but {proxy.DetectLocalMode} needs a name");
        }

        for (int i = 0; i < proxy.NodePortAddresses.Length; i++)
        {
            string block = proxy.NodePortAddresses[i];
            if (block == KubeProxyConfiguration.Primary ? proxy.NodePortAddresses.Length > 1 : !Cidr.TryParse(block, out _))
            {
                throw Wrong($"KubeProxy.NodePortAddresses[{i}]", $"is '{block}', not a block such as 192.168.0.0/24, nor '{KubeProxyConfiguration.Primary}' alone");
            }
        }

        if (proxy.MasqueradeBit is < 0 or > 31)
        {
            throw Wrong("KubeProxy.MasqueradeBit", $"is {proxy.MasqueradeBit}, not a number from 0 to 31");
        }

        CheckTimes(proxy);
        if (!LoadBalancerPolicy.IpvsSchedulers.Contains(proxy.IpvsScheduler, StringComparer.Ordinal))
        {
            throw Wrong("KubeProxy.IpvsScheduler", $"is '{proxy.IpvsScheduler}', not one of {string.Join(", ", LoadBalancerPolicy.IpvsSchedulers)}");
        }
    }

    private static void CheckTimes(KubeProxyConfiguration proxy)
    {
        if (proxy.Conntrack is not { } conntrack)
        {
            throw Wrong("KubeProxy.Conntrack", "is null");
        }

        if (conntrack.MaxPerCore < 0 || conntrack.Min < 0)
        {
            throw Wrong(conntrack.MaxPerCore < 0 ? "KubeProxy.Conntrack.MaxPerCore" : "KubeProxy.Conntrack.Min", "is negative");
        }

        (string Name, TimeSpan Time)[] times =
        [
            (nameof(proxy.MinSyncPeriod), proxy.MinSyncPeriod ?? default),
            (nameof(proxy.SyncPeriod), proxy.SyncPeriod),
            ("Conntrack.TcpEstablishedTimeout", conntrack.TcpEstablishedTimeout),
            ("Conntrack.UdpTimeout", conntrack.UdpTimeout),
            ("Conntrack.UdpStreamTimeout", conntrack.UdpStreamTimeout),
        ];
        foreach ((string name, TimeSpan time) in times)
        {
            if (time < TimeSpan.Zero || time > TimeSpan.FromDays(365) || (name == nameof(proxy.SyncPeriod) && time == TimeSpan.Zero))
            {
                throw Wrong($"KubeProxy.{name}", $"is {time}, outside 0 to 365 days");
            }
        }
    }

    private static void CheckLabels(NodeOptions node, string option)
    {
        if (node.Zone is { } zone && LabelSyntax.ValueProblems(zone) is [var badZone, ..])
        {
            throw Wrong($"{option}.Zone", $"is '{Excerpt.Of(zone)}', and as the value of a label it {badZone}");
        }

        foreach (Label label in node.Labels)
        {
            if (LabelSyntax.KeyProblems(label.Key) is [var badKey, ..])
            {
                throw Wrong($"{option}.Labels", $"has the key '{Excerpt.Of(label.Key)}': {badKey}");
            }

            if (LabelSyntax.ValueProblems(label.Value) is [var badValue, ..])
            {
                throw Wrong($"{option}.Labels", $"has the value '{Excerpt.Of(label.Value)}' for '{label.Key}': {badValue}");
            }
        }
    }

    private static void CheckLoadBalancerAddresses(ClusterOptions options)
    {
        EquatableArray<string> texts = options.LoadBalancerRanges;
        var ranges = new List<AddressRange>();
        for (int i = 0; i < texts.Length; i++)
        {
            string option = $"LoadBalancerAddresses[{i}]";
            if (!AddressRange.TryParse(texts[i], out AddressRange range))
            {
                throw Wrong(option, $"is '{Excerpt.Of(texts[i])}', not a block such as 198.51.100.0/24 or a range such as 198.51.100.1-198.51.100.254");
            }

            if (ranges.Exists(range.Overlaps))
            {
                throw Wrong(option, $"is '{texts[i]}', which overlaps another one");
            }

            if (Overlaps(range, options.PodCidr) || Overlaps(range, options.ServiceCidr))
            {
                throw Wrong(option, $"is '{texts[i]}', which overlaps the block of the {(Overlaps(range, options.PodCidr) ? "Pods" : "Services")}");
            }

            ranges.Add(range);
        }
    }

    private static bool Overlaps(AddressRange range, Cidr block) => range.Contains(block.First) || block.Contains(range.First);

    private static ArgumentException Wrong(string option, string problem) => new($"ClusterOptions.{option} {problem}.", option);
}
