using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>
/// What kube-proxy's rules on one node say to a new flow: a pure function of the node's table, the node and the flow. Which
/// backend is picked, and whether that makes a hairpin, comes after.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go</source>
internal readonly record struct ServiceDecision(DecisionKind Kind, TableFrontend? Frontend, BackendSet Backends, MasqueradeReason Masquerade, ReasonCode Reason, bool IsShortCircuited)
{
    public static ServiceDecision Of(NetworkNode node, in Flow flow)
    {
        if (node.Table is not { } table || Match(table, node, flow) is not { } frontend)
        {
            return new(DecisionKind.NoMatch, null, BackendSet.Empty, MasqueradeReason.None, ReasonCode.None, false);
        }

        ServiceRule rule = frontend.Rule;
        IpAddress source = flow.Source.Address;
        if (!rule.HasAny)
        {
            return new(DecisionKind.Reject, frontend, BackendSet.Empty, MasqueradeReason.None, ReasonCode.NoEndpoints, false);
        }

        if (frontend.Kind == FrontendKind.LoadBalancer && !rule.SourceRanges.IsEmpty && !IsAllowed(rule, node, source))
        {
            return new(DecisionKind.Drop, frontend, BackendSet.Empty, MasqueradeReason.None, ReasonCode.SourceNotAllowed, false);
        }

        bool isShortCircuited = false;
        BackendSelection chosen = rule.Cluster;
        MasqueradeReason masquerade = MasqueradeReason.None;
        if (frontend.Kind == FrontendKind.ClusterIP)
        {
            chosen = rule.InternalLocal ? rule.Local : rule.Cluster;
            masquerade = node.ProxySettings.MasqueradeAll ? MasqueradeReason.MasqueradeAll
                : IsPod(node, source) == false ? MasqueradeReason.NotFromPod
                : MasqueradeReason.None;
        }
        else if (!rule.ExternalLocal)
        {
            masquerade = MasqueradeReason.External;
        }
        else if (IsPod(node, source) == true)
        {
            isShortCircuited = true;
        }
        else if (source.IsLoopback || node.HasAddress(source))
        {
            isShortCircuited = true;
            masquerade = MasqueradeReason.FromNode;
        }
        else
        {
            chosen = rule.Local;
        }

        BackendSet backends = chosen.For(node);
        return backends.IsEmpty
            ? new(DecisionKind.Drop, frontend, backends, masquerade, ReasonCode.NoLocalEndpoints, isShortCircuited)
            : new(DecisionKind.Balance, frontend, backends, masquerade, ReasonCode.None, isShortCircuited);
    }

    /// <summary>Whether node ports answer on an address of the node.</summary>
    public static bool AnswersNodePorts(NetworkNode node, IpAddress address)
    {
        ProxySettings settings = node.ProxySettings;
        if (address.IsLoopback)
        {
            return address.IsIPv4 && settings.LocalhostNodePorts && !settings.OnlyPrimaryNodePortAddress && IsIn(settings.NodePortAddresses, address, otherwise: true);
        }

        return node.HasAddress(address)
            && (settings.OnlyPrimaryNodePortAddress ? node.Sender.AddressTowards(address) == address : IsIn(settings.NodePortAddresses, address, otherwise: true));
    }

    private static TableFrontend? Match(ServiceTable table, NetworkNode node, in Flow flow)
    {
        IpPort destination = flow.Destination;
        return table.Find(flow.Protocol, destination)
            ?? (AnswersNodePorts(node, destination.Address)
                ? table.FindNodePort(flow.Protocol, destination.Port, destination.Address.IsIPv6)
                : null);
    }

    /// <summary>What the detector says; null where none is configured for that family.</summary>
    private static bool? IsPod(NetworkNode node, IpAddress source) => node.ProxySettings.Detector switch
    {
        LocalPodDetector.ClusterCIDR => IsInFamily(node.ProxySettings.ClusterCidrs, source),
        // Whatever hangs on the node's bridge, or on an interface of that prefix, is a Pod of this node.
        LocalPodDetector.NodeCIDR or LocalPodDetector.BridgeInterface or LocalPodDetector.InterfaceNamePrefix => IsInFamily(node.PodCidrs, source),
        _ => null,
    };

    /// <summary>A node can send with the load balancer's address as its source; where the node is allowed, that is too.</summary>
    private static bool IsAllowed(ServiceRule rule, NetworkNode node, IpAddress source)
    {
        if (IsIn(rule.SourceRanges, source, otherwise: false))
        {
            return true;
        }

        bool isOwnAddress = false;
        foreach (IpAddress address in rule.LoadBalancerIPs)
        {
            isOwnAddress |= address == source;
        }

        return isOwnAddress && node.Sender.AddressTowards(source) is { } own && IsIn(rule.SourceRanges, own, otherwise: false);
    }

    private static bool IsIn(EquatableArray<Cidr> blocks, IpAddress address, bool otherwise) => IsInFamily(blocks, address) ?? otherwise;

    /// <summary>Whether the address lies in one of the blocks; null where none is of its family.</summary>
    private static bool? IsInFamily(EquatableArray<Cidr> blocks, IpAddress address)
    {
        bool? result = null;
        foreach (Cidr block in blocks)
        {
            if (block.Contains(address))
            {
                return true;
            }

            result = block.First.IsIPv4 == address.IsIPv4 ? false : result;
        }

        return result;
    }
}
