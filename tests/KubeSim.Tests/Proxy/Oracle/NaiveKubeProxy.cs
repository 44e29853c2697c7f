using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim.Tests.Proxy.Oracle;

/// <summary>
/// kube-proxy's rules written down a second time, as naively as possible: no tables, no updates, every list made anew for every packet. It answers with a
/// text: what happens, by which service port, and each endpoint that may be picked, with an m where the source would be masqueraded.
/// </summary>
internal static class NaiveKubeProxy
{
    public static string Decide(PlainCluster cluster, PlainPacket packet)
    {
        ProxySettings settings = cluster.Settings;
        ProxyMode mode = settings.Mode;
        if (Lookup(cluster, packet) is not var (service, port, kind))
        {
            return NoService(cluster, packet);
        }

        string name = $"{service.Name}:{port.Name}";
        bool isBlocked = kind == "LoadBalancer" && !MayCome(service, packet);
        Target[] targets = TargetsOf(service, port, packet);
        bool hasAny = targets.Any(target => IsReady(target) || IsFallback(target));

        // The iptables mode writes source ranges only where there are endpoints; the others look at them first.
        if (!hasAny && !(isBlocked && mode != ProxyMode.IPTables))
        {
            // What refuses external addresses in the iptables mode looks at what comes in and passes through, not at what the node sends.
            return mode == ProxyMode.IPTables && kind is "ExternalIP" or "LoadBalancer" && IsOnNode(packet.Node, packet.Source) ? "no match" : $"reject {name}";
        }

        if (isBlocked) return $"drop {name}";

        // Up to 1.33, the nftables mode looked for local endpoints before it looked at the source.
        bool wantsLocal = kind != "ClusterIP" && service.ExternalLocal;
        if (wantsLocal && mode == ProxyMode.Nftables && settings.Release.Minor <= 33 && LocalList(packet.Node, targets).Length == 0) return $"drop {name}";

        (Target[] list, bool masquerade) = Choices(settings, service, port, packet, kind, targets);
        if (list.Length == 0) return mode == ProxyMode.Ipvs ? $"reject {name}" : $"drop {name}";
        return $"balance {name} " + string.Join(' ', list.Select(target => $"{target.At}{(masquerade || IsHairpin(settings, target, packet) ? "m" : "")}").Order(StringComparer.Ordinal));
    }

    private static (Target[] List, bool Masquerade) Choices(ProxySettings settings, PlainService service, PlainPort port, PlainPacket packet, string kind, Target[] targets)
    {
        bool isReachable = port.NodePort != 0 || AddressesOf(service, "ExternalIP").Concat(AddressesOf(service, "LoadBalancer")).Any(ip => IsIPv6(ip) == IsIPv6(packet.Destination));
        Target[] cluster = service.InternalLocal && !isReachable ? [] : ClusterList(packet.Node, targets);
        Target[] local = LocalList(packet.Node, targets);
        bool? isPod = IsPod(settings, packet);
        if (settings.Mode == ProxyMode.Ipvs && local.Length == 0) local = cluster;

        if (kind == "ClusterIP") return (service.InternalLocal ? local : cluster, settings.MasqueradeAll || isPod == false);
        if (!service.ExternalLocal) return (cluster, true);
        if (settings.Mode == ProxyMode.Ipvs) return (local, false);
        if (isPod == true) return (cluster, false);
        if (IsOnNode(packet.Node, packet.Source)) return (cluster, true);
        return (local, false);
    }

    /// <summary>ClusterIPs, then other addresses of Services, then node ports. Who comes first by name has an address that several claim.</summary>
    private static (PlainService Service, PlainPort Port, string Kind)? Lookup(PlainCluster cluster, PlainPacket packet)
    {
        var proxied = cluster.Services.Where(IsProxied).OrderBy(service => service.Name, StringComparer.Ordinal)
            .SelectMany(service => service.Ports.OrderBy(port => port.Name, StringComparer.Ordinal).Select(port => (service, port)))
            .Where(pair => pair.port.Protocol == packet.Protocol && pair.service.ClusterIPs.Any(ip => IsIPv6(ip) == IsIPv6(packet.Destination)))
            .ToArray();
        foreach (string kind in (string[])["ClusterIP", "ExternalIP", "LoadBalancer"])
        {
            foreach ((PlainService service, PlainPort port) in proxied)
            {
                if (port.Port == packet.Port && AddressesOf(service, kind).Any(ip => IpAddress.Parse(ip) == IpAddress.Parse(packet.Destination))) return (service, port, kind);
            }
        }

        foreach ((PlainService service, PlainPort port) in proxied)
        {
            if (port.NodePort != 0 && port.NodePort == packet.Port && AnswersNodePorts(cluster.Settings, packet.Node, packet.Destination)) return (service, port, "NodePort");
        }

        return null;
    }

    private static string[] AddressesOf(PlainService service, string kind) =>
        kind == "ClusterIP" ? service.ClusterIPs
        : kind == "ExternalIP" ? service.ExternalIPs
        : [.. service.Ingress.Where(ingress => ingress.Mode != "Proxy").Select(ingress => ingress.IP)];

    private static bool IsProxied(PlainService service) => service.Type != "ExternalName" && service.ClusterIPs is not ["None"] && !service.IsForAnotherProxy;

    private static string NoService(PlainCluster cluster, PlainPacket packet)
    {
        PlainService[] proxied = [.. cluster.Services.Where(IsProxied).Where(service => service.ClusterIPs.Any(ip => IsIPv6(ip) == IsIPv6(packet.Destination)) && service.Ports.Length > 0)];
        bool isClusterIP = proxied.Any(service => service.ClusterIPs.Contains(packet.Destination));
        bool isVirtual = isClusterIP || proxied.Any(service => AddressesOf(service, "ExternalIP").Concat(AddressesOf(service, "LoadBalancer")).Contains(packet.Destination));
        return cluster.Settings.Mode switch
        {
            ProxyMode.Nftables when isClusterIP => "reject",
            ProxyMode.Nftables when IsIn(cluster.Settings.ServiceCidrs, packet.Destination) == true => "drop",
            ProxyMode.Ipvs when isVirtual => "reject",
            ProxyMode.IPTables when IsOnNode(packet.Node, packet.Destination) => OtherNodePort(proxied, packet),
            _ => "no match",
        };
    }

    /// <summary>On an address that node ports do not answer on, the iptables mode captures nothing, but what refuses a node port looks at every address of the node.</summary>
    private static string OtherNodePort(PlainService[] proxied, PlainPacket packet)
    {
        var owner = proxied.OrderBy(service => service.Name, StringComparer.Ordinal)
            .SelectMany(service => service.Ports.OrderBy(port => port.Name, StringComparer.Ordinal).Select(port => (service, port)))
            .FirstOrDefault(pair => pair.port.Protocol == packet.Protocol && pair.port.NodePort != 0 && pair.port.NodePort == packet.Port);
        if (owner.service is null) return "no match";
        Target[] targets = TargetsOf(owner.service, owner.port, packet);
        string name = $"{owner.service.Name}:{owner.port.Name}";
        return !targets.Any(target => IsReady(target) || IsFallback(target)) ? $"reject {name}"
            : owner.service.ExternalLocal && LocalList(packet.Node, targets).Length == 0 ? $"drop {name}"
            : "no match";
    }

    private static bool AnswersNodePorts(ProxySettings settings, PlainNode node, string address)
    {
        bool isLoopback = IpAddress.Parse(address).IsLoopback;
        if (isLoopback && (settings.Mode != ProxyMode.IPTables || IsIPv6(address) || !settings.LocalhostNodePorts)) return false;
        if (!isLoopback && !node.Addresses.Contains(address)) return false;
        return settings.OnlyPrimaryNodePortAddress ? address == Primary(node, address) : IsIn(settings.NodePortAddresses, address) ?? true;
    }

    /// <summary>Where a range has the node's own address, the load balancer's addresses may come too: they can be the node's.</summary>
    private static bool MayCome(PlainService service, PlainPacket packet)
    {
        string[] ranges = [.. service.SourceRanges.Select(range => range.Trim()).Where(range => IsIPv6(range) == IsIPv6(packet.Source))];
        if (ranges.Length == 0 || ranges.Any(range => range.EndsWith("/0", StringComparison.Ordinal))) return true;
        bool holdsNode = Primary(packet.Node, packet.Source) is { } own && Holds(own);
        return Holds(packet.Source) || (holdsNode && AddressesOf(service, "LoadBalancer").Contains(packet.Source));
        bool Holds(string address) => ranges.Any(range => Cidr.Parse(range).Contains(IpAddress.Parse(address)));
    }

    /// <summary>What the slices say of a port in the packet's family. An address that comes twice counts once: one that is not terminating before one that is.</summary>
    private static Target[] TargetsOf(PlainService service, PlainPort port, PlainPacket packet)
    {
        var found = new List<Target>();
        foreach (PlainSlice slice in service.Slices.OrderBy(slice => slice.Name, StringComparer.Ordinal))
        {
            if (slice.AddressType != (IsIPv6(packet.Destination) ? "IPv6" : "IPv4")) continue;
            int? number = slice.Ports.FirstOrDefault(candidate => candidate.Name == port.Name && candidate.Protocol == port.Protocol && candidate.Port is not (null or 0))?.Port;
            foreach (PlainEndpoint endpoint in number is null ? [] : slice.Endpoints)
            {
                var target = new Target(endpoint, new IpPort(IpAddress.Parse(endpoint.Address), (ushort)number!.Value));
                int place = found.FindIndex(other => other.At == target.At);
                if (place < 0) found.Add(target);
                else if (found[place].Endpoint.Terminating == true && endpoint.Terminating != true) found[place] = target;
            }
        }

        return [.. found];
    }

    private static Target[] ClusterList(PlainNode node, Target[] targets)
    {
        Target[] ready = [.. targets.Where(IsReady)];
        if (ready.Length == 0) return [.. targets.Where(IsFallback)];

        Target[] forNode = [.. ready.Where(target => target.Endpoint.ForNodes.Contains(node.Name))];
        if (ready.All(target => target.Endpoint.ForNodes.Length > 0) && forNode.Length > 0) return forNode;

        Target[] forZone = [.. ready.Where(target => node.Zone is not null && target.Endpoint.ForZones.Contains(node.Zone))];
        return ready.All(target => target.Endpoint.ForZones.Length > 0) && forZone.Length > 0 ? forZone : ready;
    }

    private static Target[] LocalList(PlainNode node, Target[] targets)
    {
        Target[] here = [.. targets.Where(target => target.Endpoint.NodeName == node.Name)];
        Target[] ready = [.. here.Where(IsReady)];
        return ready.Length > 0 ? ready : [.. here.Where(IsFallback)];
    }

    private static bool IsReady(Target target) => target.Endpoint.Ready ?? true;

    private static bool IsFallback(Target target) => !IsReady(target) && (target.Endpoint.Serving ?? true) && (target.Endpoint.Terminating ?? false);

    /// <summary>The nftables mode since 1.36, and IPVS, look only at endpoints of the node.</summary>
    private static bool IsHairpin(ProxySettings settings, Target target, PlainPacket packet) =>
        target.Endpoint.Address == packet.Source && (settings.Mode == ProxyMode.IPTables || (settings.Mode == ProxyMode.Nftables && settings.Release.Minor <= 35) || target.Endpoint.NodeName == packet.Node.Name);

    /// <summary>What the detector says; null where there is none for the family.</summary>
    private static bool? IsPod(ProxySettings settings, PlainPacket packet) => settings.Detector switch
    {
        LocalPodDetector.None => null,
        LocalPodDetector.ClusterCIDR => IsIn(settings.ClusterCidrs, packet.Source),
        _ => IsIn([.. packet.Node.PodCidrs.Select(Cidr.Parse)], packet.Source),
    };

    private static bool IsOnNode(PlainNode node, string address) => node.Addresses.Contains(address) || IpAddress.Parse(address).IsLoopback;

    private static string? Primary(PlainNode node, string towards) => node.Addresses.FirstOrDefault(address => IsIPv6(address) == IsIPv6(towards));

    private static bool? IsIn(EquatableArray<Cidr> blocks, string address)
    {
        Cidr[] family = [.. blocks.Where(block => block.First.IsIPv6 == IsIPv6(address))];
        return family.Length == 0 ? null : family.Any(block => block.Contains(IpAddress.Parse(address)));
    }

    private static bool IsIPv6(string address) => address.Contains(':', StringComparison.Ordinal);

    private sealed record Target(PlainEndpoint Endpoint, IpPort At);
}
