using System.Text.RegularExpressions;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>Chains by name with their rules, held against what a case lists.</summary>
internal static partial class ListingChecks
{
    /// <summary>Numbers in base 16 without the zeros in front: kube-proxy writes <c>0x00004000</c>, its tests <c>0x4000</c>.</summary>
    public static string Plain(string rule) => LeadingZeros().Replace(rule, "0x");

    /// <summary>Names of what is there against those of what is listed.</summary>
    /// <param name="expected">The map from names.</param>
    /// <param name="names">What there is.</param>
    /// <param name="check">Called for what is in both.</param>
    /// <param name="findings">Where differences go.</param>
    public static void CheckByName(CaseNode expected, IEnumerable<string> names, Action<string, CaseNode> check, Findings findings)
    {
        string[] all = [.. names];
        findings.CheckSet(expected, all.Except(expected.Keys, StringComparer.Ordinal), [], "not listed");
        findings.CheckSet(expected, expected.Keys.Except(all, StringComparer.Ordinal), [], "listed, but not there");
        foreach ((string name, CaseNode one) in expected.Entries)
        {
            if (all.Contains(name, StringComparer.Ordinal))
            {
                check(name, one);
            }
            else
            {
                _ = one.Whole;
            }
        }
    }

    /// <summary>Rules in their order, one difference for each chain.</summary>
    public static void CheckRules(CaseNode expected, IEnumerable<string> rules, Func<IEnumerable<string>, IEnumerable<string>> canonical, Findings findings) =>
        findings.CheckList(expected, canonical(rules.Select(Plain)), canonical(expected.Items.Select(item => Plain(item.Text))));

    [GeneratedRegex("0x0+(?=[0-9a-f])")]
    private static partial Regex LeadingZeros();
}
