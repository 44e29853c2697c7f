using System.Text;
using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.KernelTests.Lab;
using KubeSim.LoadBalancing;
using KubeSim.Proxy.Rendering.Iptables;

namespace KubeSim.KernelTests.Generated;

/// <summary>Which of a Service's rules a packet matched, by the kernel's counters and by KubeSim's walk through them: the same rules.</summary>
internal static class RulePathCheck
{
    /// <summary>The rules are loaded anew for each, so that all counters are zero.</summary>
    private const int FlowsOfACluster = 5;

    /// <summary>Chains in which only Services have rules.</summary>
    private static readonly string[] Chains = ["KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-EXTERNAL-SERVICES", "KUBE-PROXY-FIREWALL", "KUBE-SVC-", "KUBE-SVL-", "KUBE-EXT-", "KUBE-FW-", "KUBE-SEP-"];

    public static ClusterCase WithIptables(ClusterCase generated) => generated with { Node = generated.Node with { IsNftables = false } };

    public static IEnumerable<string> Differences(GeneratedCluster cluster)
    {
        foreach (Flow flow in cluster.Flows.Where(flow => ServiceDecision.Of(cluster.Node, flow).Rule is not null).Take(FlowsOfACluster))
        {
            ServiceDecision decision = ServiceDecision.Of(cluster.Node, flow);
            ClusterCheck.Prepare(cluster, inTurn: false);
            Observation seen = ClusterCheck.Send([new Probe(flow, decision.Kind != DecisionKind.Drop)])[0];
            Backend? picked = Enumerable.Range(0, decision.Backends.Count).Select(i => decision.Backends[i]).Where(backend => backend.Address == seen.Endpoint).Cast<Backend?>().FirstOrDefault();
            string said = string.Join('\n', IptablesWalk.Of(cluster.Node, decision.Rule!, flow, picked).Select(step => Text(step.Rule, cluster.IsIPv6)).Order(StringComparer.Ordinal));
            string counted = string.Join('\n', Counted(cluster.IsIPv6).Order(StringComparer.Ordinal));
            if (said != counted)
            {
                yield return $"{flow} {seen}; the kernel counts\n{counted}\nKubeSim walks through\n{said}";
            }
        }
    }

    private static string Text(IptablesRule rule, bool isIPv6)
    {
        var text = new StringBuilder();
        IptablesSavedText.Append(text, rule, isIPv6);
        return text.ToString();
    }

    /// <summary>The rules whose counters are not zero, without those that only say something, and what sends every packet for the node itself to the node ports.</summary>
    private static IEnumerable<string> Counted(bool isIPv6)
    {
        string saved = KernelSetUp.Lab[Place.Node].Tool(isIPv6 ? "ip6tables-save" : "iptables-save", "", "-c");
        foreach (string line in saved.Split('\n').Where(line => line.StartsWith('[') && !line.StartsWith("[0:0]", StringComparison.Ordinal)))
        {
            string rule = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            if (Chains.Any(chain => rule.StartsWith("-A " + chain, StringComparison.Ordinal)) && rule.Contains(" -j ", StringComparison.Ordinal) && !rule.EndsWith("-j KUBE-NODEPORTS", StringComparison.Ordinal))
            {
                yield return rule;
            }
        }
    }
}
