using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>Packets, and what the node's rules say to them. The endpoints are those that the data plane chooses from, all of them.</summary>
internal static class FlowChecks
{
    private const ushort SourcePort = 40000;

    public static void Check(CaseNode? flows, ProxyUnderTest proxy, Findings findings)
    {
        foreach (CaseNode flow in flows?.Items ?? [])
        {
            if (flow.Has("modes") && !flow.Texts("modes").Contains(proxy.Configuration.Mode, StringComparer.Ordinal))
            {
                _ = flow.Whole;
                continue;
            }

            flow.Skip("derived", "notes");
            foreach (NftablesLayout layout in proxy.Configuration.Mode == "nftables" ? proxy.Configuration.NftablesLayouts : [NftablesLayout.Kubernetes136])
            {
                proxy.Node.ProxySettings = proxy.Configuration.Settings with { Release = new KubernetesRelease(layout == NftablesLayout.Kubernetes134 ? 34 : 36) };
                CheckOne(flow, proxy, findings);
            }

            proxy.Node.ProxySettings = proxy.Configuration.Settings;
        }
    }

    private static void CheckOne(CaseNode flow, ProxyUnderTest proxy, Findings findings)
    {
        string name = $"'{flow["name"].Text}'";
        var packet = new Flow(
            new IpPort(IpAddress.Parse(flow["from"].Text), SourcePort),
            new IpPort(IpAddress.Parse(flow["to"].Text), flow["port"].Int),
            Protocols.Read(flow["protocol"]));
        string outcome = flow["outcome"].Text;
        string[] endpoints = [.. flow.Texts("endpoints")];
        bool masquerade = flow["masquerade"].Boolean;
        ServiceDecision decision = ServiceDecision.Of(proxy.Node, packet);
        Backend[] backends = decision.Kind == DecisionKind.Balance ? ListOf(decision.Backends) : [];
        findings.Check(flow, OutcomeOf(decision, packet, proxy), outcome, name);
        findings.CheckSet(flow, backends.Select(backend => backend.Address.ToString()), endpoints, name + " endpoints");
        findings.Check(flow, backends.Any(backend => IsMasqueraded(decision, packet, backend, proxy.Node)), masquerade, name + " masquerade");
    }

    private static string OutcomeOf(in ServiceDecision decision, in Flow packet, ProxyUnderTest proxy) => decision.Kind switch
    {
        DecisionKind.Balance => "accept",
        DecisionKind.Drop => "drop",
        DecisionKind.Reject => "reject",
        _ => IsLetThrough(packet, proxy) ? "accept" : "none",
    };

    /// <summary>In iptables mode there are rules that let packets through to the listeners of health checks.</summary>
    private static bool IsLetThrough(in Flow packet, ProxyUnderTest proxy) =>
        proxy.Configuration.Mode == "iptables" && packet.Protocol == TransportProtocol.Tcp
        && (packet.Destination.Address.IsLoopback || proxy.Node.HasAddress(packet.Destination.Address))
        && proxy.HealthServer.Ports.Contains(packet.Destination.Port);

    private static bool IsMasqueraded(in ServiceDecision decision, in Flow packet, in Backend backend, NetworkNode node) =>
        decision.Masquerade != MasqueradeReason.None || (backend.Address.Address == packet.Source.Address && node.MasqueradesHairpin(backend));

    private static Backend[] ListOf(BackendSet backends)
    {
        var list = new Backend[backends.Count];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = backends[i];
        }

        return list;
    }
}
