using System.Text.RegularExpressions;
using KubeSim.Conformance.Reading;
using KubeSim.Proxy.Rendering.Iptables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>
/// <c>expectIptables</c>: each table's chains with their rules, the built-in chains and their jumps left out. A chain without rules may be left out
/// too. In a chain that Services share, the rules of each keep their order, but any Service may come first.
/// </summary>
internal static partial class IptablesListingChecks
{
    public static void Check(CaseNode expected, IptablesRuleset rules, Findings findings)
    {
        var tables = new Dictionary<string, IptablesTable>(StringComparer.Ordinal);
        foreach (IptablesTable table in new[] { rules.Mangle, rules.Filter, rules.Nat })
        {
            if (expected.Has(table.Name) || ChainsOf(table).Any(chain => table.RulesOf(chain).Count > 0))
            {
                tables.Add(table.Name, table);
            }
        }

        ListingChecks.CheckByName(expected, tables.Keys, (name, table) => Check(table, tables[name], findings), findings);
    }

    private static void Check(CaseNode expected, IptablesTable table, Findings findings) => ListingChecks.CheckByName(
        expected,
        ChainsOf(table).Where(chain => table.RulesOf(chain).Count > 0 || expected.Has(chain)),
        (chain, rules) => ListingChecks.CheckRules(
            rules, table.RulesOf(chain).Select(TextOf), IptablesChains.IsOfServicePort(chain) ? InOrder : ByService, findings),
        findings);

    private static IEnumerable<string> ChainsOf(IptablesTable table) => table.ChainsInOrder().Where(chain => !table.IsBuiltIn(chain));

    /// <summary>Without the chain.</summary>
    private static string TextOf(IptablesRule rule) => rule.ToString()[$"-A {rule.Chain} ".Length..];

    private static IEnumerable<string> InOrder(IEnumerable<string> rules) => rules;

    /// <summary>The rules of each Service together; those of none keep their place among each other, and before or behind those of Services.</summary>
    private static IEnumerable<string> ByService(IEnumerable<string> rules)
    {
        var run = new List<string>();
        foreach (string rule in rules)
        {
            if (ServiceOf(rule).Length > 0)
            {
                run.Add(rule);
                continue;
            }

            foreach (string before in run.OrderBy(ServiceOf, StringComparer.Ordinal))
            {
                yield return before;
            }

            run.Clear();
            yield return rule;
        }

        foreach (string before in run.OrderBy(ServiceOf, StringComparer.Ordinal))
        {
            yield return before;
        }
    }

    /// <summary>The service port that a rule's comment names; empty for none.</summary>
    private static string ServiceOf(string rule) => Comment().Match(rule).Groups["service"].Value;

    [GeneratedRegex("--comment \"?(?<service>[a-z0-9.-]+/[a-z0-9.-]+(:[a-z0-9-]+)?)[ \"]")]
    private static partial Regex Comment();
}
