using System.Runtime.CompilerServices;
using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>
/// What kube-proxy's rules on one node say to a new flow: a pure function of the node's table, the node and the flow. Which
/// backend is picked, and whether that makes a hairpin, comes after.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go, pkg/proxy/nftables/proxier.go, pkg/proxy/ipvs/proxier.go</source>
internal readonly record struct ServiceDecision(
    DecisionKind Kind, TableFrontend? Frontend, ServiceRule? Rule, ServicePortState? State, BackendSet Backends, MasqueradeReason Masquerade, ReasonCode Reason, bool IsShortCircuited)
{
    public static ServiceDecision Of(NetworkNode node, in Flow flow)
    {
        ref readonly FrontendMatch match = ref node.Match(flow.Protocol, flow.Destination);
        if (Unsafe.IsNullRef(in match))
        {
            return OfNoService(node, flow);
        }

        TableFrontend frontend = match.Frontend;
        IpAddress source = flow.Source.Address;
        if (match.IsPlain)
        {
            return new(DecisionKind.Balance, frontend, match.Rule, match.State, match.Cluster, OfClusterIP(node, source), ReasonCode.None, false);
        }

        ServiceRule rule = match.Rule;
        ProxySettings settings = node.ProxySettings;
        bool isBlocked = frontend.Kind == FrontendKind.LoadBalancer && !rule.SourceRanges.IsEmpty && !IsAllowed(rule, node, source);
        if (isBlocked && settings.Mode != ProxyMode.IPTables)
        {
            return Refused(DecisionKind.Drop, frontend, ReasonCode.SourceNotAllowed);
        }

        if (!rule.HasAny)
        {
            // The rules of the iptables mode that refuse these look at what comes in and what passes through, not at what the node sends.
            return settings.Mode == ProxyMode.IPTables && frontend.Kind is (FrontendKind.ExternalIP or FrontendKind.LoadBalancer) && IsOfNode(node, source)
                ? Refused(DecisionKind.NoMatch, null, ReasonCode.None)
                : Refused(DecisionKind.Reject, frontend, ReasonCode.NoEndpoints);
        }

        if (isBlocked)
        {
            return Refused(DecisionKind.Drop, frontend, ReasonCode.SourceNotAllowed);
        }

        if (rule.ExternalLocal && settings is { Mode: ProxyMode.Nftables, Release.NftablesChecksLocalEndpointsFirst: true }
            && frontend.Kind != FrontendKind.ClusterIP && rule.Local.For(node).IsEmpty)
        {
            return Refused(DecisionKind.Drop, frontend, ReasonCode.NoLocalEndpoints);
        }

        bool isShortCircuited = false;
        bool isLocal = false;
        MasqueradeReason masquerade = MasqueradeReason.None;
        if (frontend.Kind == FrontendKind.ClusterIP)
        {
            isLocal = rule.InternalLocal;
            masquerade = OfClusterIP(node, source);
        }
        else if (!rule.ExternalLocal)
        {
            masquerade = MasqueradeReason.External;
        }
        else if (settings.Mode == ProxyMode.Ipvs)
        {
            isLocal = true;
        }
        else if (IsPod(node, source) == true)
        {
            isShortCircuited = true;
        }
        else if (IsOfNode(node, source))
        {
            isShortCircuited = true;
            masquerade = MasqueradeReason.FromNode;
        }
        else
        {
            isLocal = true;
        }

        BackendSet backends = isLocal ? rule.Local.For(node) : match.Cluster;
        if (isLocal && backends.IsEmpty && settings.Mode == ProxyMode.Ipvs)
        {
            // A virtual server whose policy leaves it nothing gets every endpoint.
            backends = match.Cluster;
        }

        // What is left of IPVS' virtual server without endpoints is one that the kernel refuses for.
        return backends.IsEmpty
            ? new(settings.Mode == ProxyMode.Ipvs ? DecisionKind.Reject : DecisionKind.Drop, frontend, rule, null, backends, masquerade, ReasonCode.NoLocalEndpoints, isShortCircuited)
            : new(DecisionKind.Balance, frontend, rule, match.State, backends, masquerade, ReasonCode.None, isShortCircuited);
    }

    private static MasqueradeReason OfClusterIP(NetworkNode node, IpAddress source) =>
        node.ProxySettings.MasqueradeAll ? MasqueradeReason.MasqueradeAll
        : IsPod(node, source) == false ? MasqueradeReason.NotFromPod
        : MasqueradeReason.None;

    /// <summary>What the rules say to an address and port of no service port.</summary>
    private static ServiceDecision OfNoService(NetworkNode node, in Flow flow)
    {
        IpAddress destination = flow.Destination.Address;
        ProxyMode mode = node.ProxySettings.Mode;
        if (node.Table is not { } table)
        {
            return Refused(DecisionKind.NoMatch, null, ReasonCode.None);
        }

        if (mode == ProxyMode.IPTables)
        {
            return OfOtherNodePort(node, table, flow);
        }

        return table.IsClusterIP(destination) || (mode == ProxyMode.Ipvs && table.IsVirtualIP(destination)) ? Refused(DecisionKind.Reject, null, ReasonCode.NoSuchServicePort)
            : mode == ProxyMode.Nftables && IsIn(node.ProxySettings.ServiceCidrs, destination, otherwise: false) ? Refused(DecisionKind.Drop, null, ReasonCode.NoSuchClusterIP)
            : Refused(DecisionKind.NoMatch, null, ReasonCode.None);
    }

    /// <summary>Where node ports do not answer, the iptables mode captures nothing, but what refuses a node port without endpoints looks at every address of the node.</summary>
    private static ServiceDecision OfOtherNodePort(NetworkNode node, ServiceTable table, in Flow flow)
    {
        IpAddress destination = flow.Destination.Address;
        if (!IsOfNode(node, destination) || table.FindNodePort(flow.Protocol, flow.Destination.Port, destination.IsIPv6) is not { } frontend)
        {
            return Refused(DecisionKind.NoMatch, null, ReasonCode.None);
        }

        ServiceRule rule = frontend.Rule;
        return !rule.HasAny ? Refused(DecisionKind.Reject, frontend, ReasonCode.NoEndpoints)
            : rule.ExternalLocal && rule.Local.For(node).IsEmpty ? Refused(DecisionKind.Drop, frontend, ReasonCode.NoLocalEndpoints)
            : Refused(DecisionKind.NoMatch, null, ReasonCode.None);
    }

    private static ServiceDecision Refused(DecisionKind kind, TableFrontend? frontend, ReasonCode reason) =>
        new(kind, frontend, frontend?.Rule, null, BackendSet.Empty, MasqueradeReason.None, reason, false);

    /// <summary>Whether node ports answer on an address of the node.</summary>
    public static bool AnswersNodePorts(NetworkNode node, IpAddress address)
    {
        ProxySettings settings = node.ProxySettings;
        if (address.IsLoopback)
        {
            return settings.Mode == ProxyMode.IPTables && address.IsIPv4 && settings.LocalhostNodePorts && !settings.OnlyPrimaryNodePortAddress && IsIn(settings.NodePortAddresses, address, otherwise: true);
        }

        return node.HasAddress(address)
            && (settings.OnlyPrimaryNodePortAddress ? node.Sender.AddressTowards(address) == address : IsIn(settings.NodePortAddresses, address, otherwise: true));
    }

    /// <summary>What the detector says; null where none is configured for that family.</summary>
    private static bool? IsPod(NetworkNode node, IpAddress source) => node.ProxySettings.Detector switch
    {
        LocalPodDetector.ClusterCIDR => IsInFamily(node.ProxySettings.ClusterCidrs, source),
        // Whatever hangs on the node's bridge, or on an interface of that prefix, is a Pod of this node.
        LocalPodDetector.NodeCIDR or LocalPodDetector.BridgeInterface or LocalPodDetector.InterfaceNamePrefix => IsInFamily(node.PodCidrs, source),
        _ => null,
    };

    private static bool IsOfNode(NetworkNode node, IpAddress source) => source.IsLoopback || node.HasAddress(source);

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
