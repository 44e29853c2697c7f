using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>Why packets do not arrive, in words. Nothing here is called unless somebody wants to read.</summary>
internal static class Explanation
{
    private const ushort FirstNodePort = 30000;
    private const ushort LastNodePort = 32767;

    /// <summary>The range that API servers give node ports from, by default.</summary>
    public static bool IsNodePort(ushort port) => port is >= FirstNodePort and <= LastNodePort;

    public static string Name(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tcp => "TCP",
        TransportProtocol.Udp => "UDP",
        _ => "SCTP",
    };

    /// <summary>A sender as the first line of a trace shows it.</summary>
    public static string Describe(Sender sender, IpAddress destination)
    {
        string name = sender.Pod is { } pod ? pod.PodName[(pod.PodName.IndexOf('/', StringComparison.Ordinal) + 1)..] : sender.Name;
        IpAddress? address = sender.AddressTowards(destination);
        if (address is null && !sender.Addresses.IsEmpty)
        {
            address = sender.Addresses[0];
        }

        return sender.Pod is null ? $"{name} ({address})" : $"{name} ({address}, {sender.Node!.Name})";
    }

    public static Step.ServiceMatch Match(in Flow flow, in ServiceDecision decision)
    {
        ServiceRule rule = decision.Frontend!.Rule;
        FrontendKind kind = decision.Frontend.Kind;
        bool isLocal = kind == FrontendKind.ClusterIP ? rule.InternalLocal : rule.ExternalLocal;
        string policy = !isLocal ? "Cluster" : decision.IsShortCircuited ? "Local (sent from inside, so any endpoint)" : "Local";
        return new(flow.Destination, kind, rule.Name.Service.ToString(), rule.Name.PortName, decision.Backends.Count, rule.EndpointCount, policy);
    }

    public static string Why(MasqueradeReason reason) => reason switch
    {
        MasqueradeReason.MasqueradeAll => "masquerade-all",
        MasqueradeReason.NotFromPod => "the source is no Pod",
        MasqueradeReason.External => "externalTrafficPolicy Cluster",
        MasqueradeReason.FromNode => "sent by the node itself",
        MasqueradeReason.Hairpin => "hairpin: the source is the endpoint",
        _ => "the source port is taken",
    };

    /// <summary>The last step of a packet that did not arrive.</summary>
    public static Step End(ConnectionOutcome outcome, ReasonCode reason, TransportProtocol protocol)
    {
        bool isAnswered = outcome is ConnectionOutcome.Refused or ConnectionOutcome.Reset;
        string what = reason switch
        {
            ReasonCode.NoEndpoints => "no endpoints",
            ReasonCode.NoLocalEndpoints => "no endpoint on this node",
            ReasonCode.NoEndpointPicked => "no endpoint picked",
            ReasonCode.SourceNotAllowed => "source not in loadBalancerSourceRanges",
            ReasonCode.NoListener or ReasonCode.NoSuchNodePort => "nothing listens there",
            ReasonCode.NodeDown => "the node is down",
            ReasonCode.EndpointGone => "the endpoint has gone",
            ReasonCode.ConntrackExpired => "no such connection any more",
            ReasonCode.NoLoadBalancerMembers => "no nodes to send to",
            ReasonCode.NoFreePort => "no free source port",
            ReasonCode.NoSourceAddress => "no source address",
            ReasonCode.TooManyHops => "went round in circles",
            _ => "nobody has that address",
        };
        string answer = reason is ReasonCode.NoEndpoints or ReasonCode.NoEndpointPicked || protocol == TransportProtocol.Udp ? "ICMP port unreachable" : protocol == TransportProtocol.Tcp ? "TCP reset" : "abort";
        return isAnswered ? new Step.Reject($"{what}, answered with {answer}") : new Step.Drop(what);
    }

    /// <summary>What becomes of a packet to an address that nobody has. From outside there is no node.</summary>
    public static (ConnectionOutcome Outcome, ReasonCode Reason) WhyUnreachable(Network network, NetworkNode? node, IpAddress destination)
    {
        if (network.HostAt(destination) is not null)
        {
            return (ConnectionOutcome.Refused, ReasonCode.NoListener);
        }

        if (network.LoadBalancers.HasAddress(destination))
        {
            return (ConnectionOutcome.TimedOut, ReasonCode.NoSuchLoadBalancer);
        }

        NetworkNode? witness = node ?? (network.Nodes.Count > 0 ? network.Nodes[0] : null);
        ServiceTable? table = witness?.Table;
        bool isClusterIP = table is not null && table.IsClusterIP(destination);
        bool isInServiceCidr = isClusterIP || (witness?.Table is not null && IsIn(witness.ProxySettings.ServiceCidrs, destination));
        bool isPodAddress = network.PodAt(destination) is not null || IsPodAddress(network, witness, destination);
        if (node is null)
        {
            return (ConnectionOutcome.NoRoute, isInServiceCidr || isPodAddress ? ReasonCode.NotReachableFromOutside : ReasonCode.NoRouteToHost);
        }

        return isClusterIP ? (ConnectionOutcome.TimedOut, ReasonCode.NoSuchServicePort)
            : isInServiceCidr ? (ConnectionOutcome.TimedOut, ReasonCode.NoSuchClusterIP)
            : isPodAddress ? (ConnectionOutcome.TimedOut, ReasonCode.PodNotFound)
            : (ConnectionOutcome.NoRoute, ReasonCode.NoRouteToHost);
    }

    public static Reason? Of(Network network, Sender sender, in Verdict verdict)
    {
        if (verdict.Reason == ReasonCode.None)
        {
            return null;
        }

        string service = verdict.Rule is { } rule ? rule.Name.Service.ToString() : "";
        string at = verdict.Node?.Name ?? "the network";
        IpPort to = verdict.Endpoint;
        string port = string.Create(CultureInfo.InvariantCulture, $"{to.Port}/{Name(verdict.Flow.Protocol)}");
        string? serviceObject = verdict.Rule is null ? null : "service/" + service;
        string? serverObject = verdict.Server is null ? null : "pod/" + verdict.Server.PodName;
        Reason Says(string message, string? about = null, string? field = null, ReasonCode code = default) =>
            new(code, field is null ? message : $"{message} ({field})", about, field);

        Reason reason = verdict.Reason switch
        {
            ReasonCode.NoEndpoints => NoEndpoints(verdict.Rule!, service, serviceObject),
            ReasonCode.NoLocalEndpoints => Says(
                $"Service {service} has no endpoint on {at}, and its {Policy(verdict)} is Local", serviceObject, "spec." + Policy(verdict)),
            ReasonCode.NoEndpointPicked => Says($"the load-balancing policy '{(verdict.Node?.Policy ?? network.Policy).Name}' on {at} gives no endpoint of Service {service} to this flow", serviceObject),
            ReasonCode.SourceNotAllowed => Says(
                $"Service {service} accepts load-balancer traffic only from {string.Join(", ", verdict.Rule!.SourceRanges)}, and the source is {verdict.SourceSeenByServer.Address}",
                serviceObject, "spec.loadBalancerSourceRanges"),
            ReasonCode.NoListener when verdict.Server is { } pod => Says($"Pod {pod.PodName} ({to.Address}) does not listen on {port}", serverObject, "spec.containers[*].ports"),
            ReasonCode.NoListener when network.HostAt(to.Address) is { } host => Says($"nothing on {host.Name} listens on {port}"),
            ReasonCode.NoListener => Says($"nothing on {at} listens on {port}", NodeObject(verdict.Node)),
            ReasonCode.NoSuchNodePort => Says($"no Service has the node port {port}, and nothing on {at} listens on it", NodeObject(verdict.Node), null),
            ReasonCode.PodNotFound => Says($"no Pod has the address {to.Address}", serviceObject),
            ReasonCode.EndpointGone => Says(
                verdict.Server is { } gone ? $"Pod {gone.PodName} ({to.Address}), which served the connection, has gone" : $"what served the connection at {to} has gone", serverObject),
            ReasonCode.NoSuchServicePort => Says($"the ClusterIP {to.Address} has no port {port}", null, "spec.ports"),
            ReasonCode.NoSuchClusterIP => Says($"no Service has the ClusterIP {to.Address}"),
            ReasonCode.NotReachableFromOutside => Says($"{to.Address} is an address inside the cluster, and {sender.Name} is outside"),
            ReasonCode.NoSuchLoadBalancer => Says($"the load balancer at {to.Address} does not answer on {port}"),
            ReasonCode.NoLoadBalancerMembers => Says(
                network.LoadBalancers.Find(to, verdict.Flow.Protocol) is { } empty ? $"the load balancer of Service {empty.Service} at {to} has no node to send to" : $"the load balancer at {to} has no node to send to"),
            ReasonCode.NodeDown => Says(verdict.Node is { } down ? $"node {down.Name} is down" : "the node that the load balancer sends to has gone", NodeObject(verdict.Node)),
            ReasonCode.ConntrackExpired => Says($"{at} does not know the connection {verdict.Flow} any more: its conntrack entry has timed out"),
            ReasonCode.NoFreePort => Says($"every source port from {verdict.Flow.Source.Address} to {to} is in use"),
            ReasonCode.NoSourceAddress => Says($"{sender.Name} has no {(to.Address.IsIPv4 ? "IPv4" : "IPv6")} address to reach {to.Address} from"),
            ReasonCode.TooManyHops => Says($"the packet to {to} came back to {at} again and again"),
            _ when verdict.Node is { Table: null } unsynced => Says($"nobody has the address {to.Address}, and kube-proxy on {unsynced.Name} has not installed any rules yet"),
            _ => Says($"nobody has the address {to.Address}"),
        };
        return reason with { Code = verdict.Reason };
    }

    private static Reason NoEndpoints(ServiceRule rule, string service, string? about)
    {
        string message = $"Service {service} has no endpoints" + (rule.WhyEmpty is { } why ? ": " + why
            : rule.EndpointCount == 0 ? "" : $": none of the {rule.EndpointCount} it lists is ready");
        return new Reason(ReasonCode.NoEndpoints, message, about, "spec.selector");
    }

    private static string Policy(in Verdict verdict) =>
        verdict.Endpoint.Address == verdict.Rule!.ClusterIP ? "internalTrafficPolicy" : "externalTrafficPolicy";

    private static string? NodeObject(NetworkNode? node) => node is null ? null : "node/" + node.Name;

    private static bool IsPodAddress(Network network, NetworkNode? witness, IpAddress address)
    {
        if (witness?.Table is not null && IsIn(witness.ProxySettings.ClusterCidrs, address))
        {
            return true;
        }

        for (int i = 0; i < network.Nodes.Count; i++)
        {
            if (IsIn(network.Nodes[i].PodCidrs, address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(EquatableArray<Cidr> blocks, IpAddress address)
    {
        foreach (Cidr block in blocks)
        {
            if (block.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
