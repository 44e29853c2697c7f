using KubeSim.Conformance.Reading;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary><c>expectNftables</c>: everything in kube-proxy's table, each declared as kube-proxy declares it; elements are a set, rules a list.</summary>
internal static class NftablesListingChecks
{
    public static void Check(CaseNode expected, NftablesTable table, Findings findings)
    {
        CheckSets(expected["sets"], table, isMap: false, findings);
        CheckSets(expected["maps"], table, isMap: true, findings);
        ListingChecks.CheckByName(
            expected["chains"],
            table.Chains.Select(chain => chain.Name),
            (name, chain) =>
            {
                CheckDeclaration(chain["declaration"], table.FindChain(name)!.Declaration, findings);
                ListingChecks.CheckRules(chain["rules"], table.FindChain(name)!.Rules.Select(rule => rule.Input), rules => rules, findings);
            },
            findings);
    }

    private static void CheckSets(CaseNode expected, NftablesTable table, bool isMap, Findings findings) => ListingChecks.CheckByName(
        expected,
        table.Sets.Where(set => set.IsMap == isMap).Select(set => set.Name),
        (name, set) =>
        {
            CheckDeclaration(set["declaration"], table.FindSet(name)!.Declaration, findings);
            findings.CheckSet(set["elements"], table.FindSet(name)!.Elements.Select(element => element.ToString()), set["elements"].Items.Select(item => item.Text));
        },
        findings);

    private static void CheckDeclaration(CaseNode expected, string? declaration, Findings findings) =>
        findings.Check(expected, declaration, expected.IsNull ? null : expected.Text);
}
