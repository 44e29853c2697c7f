using KubeSim.Conformance.Reading;
using KubeSim.LoadBalancing;
using KubeSim.Proxy;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>The lists that kube-proxy sorts the endpoints of the case's only service port into; null is a list that is not used.</summary>
internal static class CategoryChecks
{
    public static void Check(CaseNode? expect, ProxyUnderTest proxy, Findings findings)
    {
        if (expect is null)
        {
            return;
        }

        if (proxy.Rules is not [var rule])
        {
            throw expect.Wrong($"is about one service port, but there are {proxy.Rules.Count}");
        }

        EndpointUse use = EndpointUse.Of(rule, proxy.Configuration.Options);
        string[]? cluster = use.Cluster ? AddressesOf(rule.Cluster.For(proxy.Node)) : null;
        string[]? local = use.Local ? AddressesOf(rule.Local.For(proxy.Node)) : null;
        CheckList(expect.Find("cluster"), cluster, findings);
        CheckList(expect.Find("local"), local, findings);
        CheckList(expect.Find("allReachable"), [.. (cluster ?? []).Union(local ?? [], StringComparer.Ordinal)], findings);
        if (expect.Find("hasAnyEndpoints") is { } hasAny)
        {
            findings.Check(hasAny, rule.HasAny, hasAny.Boolean);
        }
    }

    private static void CheckList(CaseNode? expected, string[]? actual, Findings findings)
    {
        if (expected is null)
        {
            return;
        }

        if (expected.IsNull)
        {
            findings.Check(expected, actual is null ? "null" : "a list", "null");
        }
        else
        {
            findings.CheckSet(expected, actual ?? ["(not used)"], expected.Items.Select(item => item.Text));
        }
    }

    public static string[] AddressesOf(BackendSet backends)
    {
        var addresses = new string[backends.Count];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = backends[i].Address.ToString();
        }

        return addresses;
    }
}
