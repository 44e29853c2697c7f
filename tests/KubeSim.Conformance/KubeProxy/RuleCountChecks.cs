using System.Globalization;
using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Proxy.Rendering.Iptables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>
/// <c>ruleCounts</c>: how many rules a full sync writes for so many Services of a type with so many endpoints, none of them local. A Service of
/// type LoadBalancer has one of everything: port, node port, external IP, load balancer address, source range.
/// </summary>
internal static class RuleCountChecks
{
    private const int Port = 80;

    public static void Check(CaseNode? rows, ProxyUnderTest proxy, Findings findings)
    {
        foreach (CaseNode row in rows?.Items ?? [])
        {
            string type = row["type"].Text;
            if (type is not (ServiceType.ClusterIP or ServiceType.NodePort or ServiceType.LoadBalancer))
            {
                throw row["type"].Wrong("is no type of Services with addresses");
            }

            IptablesInput input = new IptablesSync(proxy.Node, isIPv6: false).Next(TableOf(type, row["services"].Int, row["endpointsPerService"].Int)).Input;
            findings.Check(row["filterRules"], input.Filter.Rules.Count + input.Filter.LastRules.Count, row["filterRules"].Int);
            findings.Check(row["natRules"], input.Nat.Rules.Count + input.Nat.LastRules.Count, row["natRules"].Int);
        }
    }

    private static ServiceTable TableOf(string type, int services, int endpoints)
    {
        var builder = new ServiceTableBuilder(new KubeProxyOptions());
        for (int i = 0; i < services; i++)
        {
            builder.Set(ServiceOf(type, i));
            builder.Set(SliceOf(i, endpoints));
        }

        return builder.Table;
    }

    private static Service ServiceOf(string type, int number)
    {
        bool isBalanced = type == ServiceType.LoadBalancer;
        return new()
        {
            Metadata = new() { Namespace = $"ns{number}", Name = $"svc{number}" },
            Spec = new()
            {
                Type = type,
                ClusterIP = Address(172, 30, number, 1),
                Ports = [new() { Name = "p", Port = Port, Protocol = "TCP", NodePort = type == ServiceType.ClusterIP ? null : 30000 + number }],
                ExternalIPs = isBalanced ? [Address(192, 168, number, 1)] : [],
                LoadBalancerSourceRanges = isBalanced ? ["203.0.113.0/25"] : [],
                ExternalTrafficPolicy = type == ServiceType.ClusterIP ? null : TrafficPolicy.Cluster,
            },
            Status = isBalanced ? new() { LoadBalancer = new() { Ingress = [new() { IP = Address(1, 2, number, 4) }] } } : ServiceStatus.Empty,
        };
    }

    private static EndpointSlice SliceOf(int number, int endpoints) => new()
    {
        Metadata = new() { Namespace = $"ns{number}", Name = "slice", Labels = LabelSet.Of(WellKnownLabels.ServiceName, $"svc{number}") },
        AddressType = IPFamily.IPv4,
        Ports = [new() { Name = "p", Port = Port, Protocol = "TCP" }],
        Endpoints = [.. Enumerable.Range(0, endpoints).Select(i => new Endpoint { Addresses = [Address(10, number, i, 1)] })],
    };

    private static string Address(int first, int second, int third, int fourth) => string.Create(CultureInfo.InvariantCulture, $"{first}.{second}.{third}.{fourth}");
}
