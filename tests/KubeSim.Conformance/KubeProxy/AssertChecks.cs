using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Proxy.HealthChecks;
using KubeSim.Proxy.Ipvs;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>Facts that are not packets: what kube-proxy keeps books of.</summary>
internal static class AssertChecks
{
    private const string NoLocalEndpointsMetric = "kubeproxy_sync_proxy_rules_no_local_endpoints_total";

    public static void Check(CaseNode? asserts, ProxyUnderTest proxy, Findings findings)
    {
        foreach (string key in asserts?.Keys ?? [])
        {
            if (RenderingChecks.IsAboutRules(key))
            {
                RenderingChecks.CheckAssert(key, asserts![key], proxy, findings);
            }
            else
            {
                CheckOne(key, asserts!, proxy, findings);
            }
        }
    }

    private static void CheckOne(string key, CaseNode asserts, ProxyUnderTest proxy, Findings findings)
    {
        switch (key)
        {
            case "servicePorts":
                findings.Check(asserts[key], proxy.Rules.Count, asserts[key].Int);
                break;
            case "healthCheckNodePorts":
                findings.CheckSet(asserts[key], proxy.Services.Where(service => ServiceHealthServer.PortOf(service) != 0)
                    .Select(service => Entry(service.Name.ToString(), ServiceHealthServer.PortOf(service))), Entries(asserts[key]));
                break;
            case "servicesWithLocalReadyEndpoints":
                findings.Check(asserts[key], EndpointsMap.LocalReadyEndpoints(proxy.Endpoints, proxy.Node.Name).Count, asserts[key].Int);
                break;
            case "localReadyEndpoints":
                findings.CheckSet(asserts[key], EndpointsMap.LocalReadyEndpoints(proxy.Endpoints, proxy.Node.Name).Select(entry => Entry(entry.Key.ToString(), entry.Value)), Entries(asserts[key]));
                break;
            case "endpointsByServicePort":
                CheckEndpoints(asserts[key], proxy, findings);
                break;
            case "totalEndpoints":
                findings.Check(asserts[key], proxy.Endpoints.Sum(entry => entry.Value.Count), asserts[key].Int);
                break;
            case "endpoints":
                findings.CheckSet(asserts[key], proxy.Endpoints.SelectMany(entry => entry.Value).Select(AddressOf).Distinct(StringComparer.Ordinal), asserts.Texts(key));
                break;
            case "sourceRanges":
                findings.CheckSet(asserts[key], proxy.Rules.SelectMany(rule => rule.SourceRanges).Select(range => range.ToString()).Distinct(StringComparer.Ordinal), asserts.Texts(key));
                break;
            case "udpConntrackCleanup":
                findings.Check(asserts[key], proxy.CleanedUdpFlows, asserts[key].Boolean);
                break;
            case "serviceDestinations":
                CheckDestinations(asserts[key], proxy, findings);
                break;
            case "virtualServers":
                CheckVirtualServers(asserts[key], proxy, findings);
                break;
            case "loopBackEntries":
                findings.CheckSet(asserts[key], IpvsState.LoopBackEntries(proxy.Node, proxy.Endpoints), asserts.Texts(key));
                break;
            case "metrics":
                CheckMetrics(asserts[key], proxy, findings);
                break;
            default:
                // Stays unread, and fails the case.
                break;
        }
    }

    private static void CheckEndpoints(CaseNode expected, ProxyUnderTest proxy, Findings findings)
    {
        Dictionary<string, CaseNode> lists = expected.Entries.ToDictionary(entry => WithColon(entry.Key), entry => entry.Value, StringComparer.Ordinal);
        findings.CheckSet(expected, proxy.Endpoints.Keys.Select(NameOf), lists.Keys, "service ports");
        foreach ((ServicePortName name, IReadOnlyList<SliceEndpoint> endpoints) in proxy.Endpoints)
        {
            if (lists.TryGetValue(NameOf(name), out CaseNode? list))
            {
                findings.CheckList(list, endpoints.Select(endpoint => Entry(AddressOf(endpoint), endpoint.Source.NodeName == proxy.Node.Name)),
                    list.Items.Select(item => Entry(item["endpoint"].Text, item["local"].Boolean)));
            }
        }
    }

    private static void CheckDestinations(CaseNode expected, ProxyUnderTest proxy, Findings findings)
    {
        foreach (CaseNode destination in expected.Items)
        {
            var address = new IpPort(IpAddress.Parse(destination["ip"].Text), destination["port"].Int);
            findings.Check(destination, IsCaptured(proxy.Node, Protocols.Read(destination["protocol"]), address), destination["captured"].Boolean, $"{address} captured");
        }
    }

    private static bool IsCaptured(NetworkNode node, TransportProtocol protocol, IpPort address) =>
        node.Table!.Find(protocol, address) is not null
        || (ServiceDecision.AnswersNodePorts(node, address.Address) && node.Table.FindNodePort(protocol, address.Port, address.Address.IsIPv6) is not null);

    private static void CheckVirtualServers(CaseNode expected, ProxyUnderTest proxy, Findings findings)
    {
        IReadOnlyList<VirtualServer> servers = IpvsState.VirtualServers(proxy.Node, proxy.Configuration.IsIPv6);
        findings.CheckSet(expected, servers.Select(NameOf), expected.Keys, "virtual servers");
        foreach (VirtualServer server in servers)
        {
            if (expected.Find(NameOf(server)) is { } list)
            {
                findings.CheckSet(list, CategoryChecks.AddressesOf(server.RealServers), list.Items.Select(item => item.Text));
            }
        }
    }

    /// <summary>As cases write it: <c>172.20.1.1:80/TCP</c>.</summary>
    private static string NameOf(VirtualServer server) => $"{server.Address}/{Protocols.NameOf(server.Protocol)}";

    private static void CheckMetrics(CaseNode metrics, ProxyUnderTest proxy, Findings findings)
    {
        if (metrics.Find(NoLocalEndpointsMetric) is { } expected)
        {
            NoLocalEndpoints counts = NoLocalEndpoints.Count(proxy.Node.Table!, proxy.Node, proxy.Configuration.IsIPv6);
            foreach ((string policy, int count) in new[] { ("internal", counts.Internal), ("external", counts.External) })
            {
                if (expected.Find(policy) is { } number)
                {
                    findings.Check(number, count, number.Int);
                }
            }
        }
    }

    /// <summary>As cases write it: <c>ns1/svc1:p80/TCP</c>.</summary>
    private static string NameOf(ServicePortName name) => $"{name.Service}:{name.PortName}/{Protocols.NameOf(name.Protocol)}";

    /// <summary>A port without a name may be written without the colon, as kube-proxy does: <c>ns1/svc1/TCP</c>.</summary>
    private static string WithColon(string name) =>
        name.Contains(':', StringComparison.Ordinal) || name.LastIndexOf('/') is var slash && slash < 0 ? name : name.Insert(slash, ":");

    private static string AddressOf(SliceEndpoint endpoint) => endpoint.Backend.Address.ToString(null, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Entries(CaseNode map) => map.Entries.Select(entry => Entry(entry.Key, entry.Value.Int));

    private static string Entry<T>(string key, T value) => string.Create(CultureInfo.InvariantCulture, $"{key}: {value}");
}
