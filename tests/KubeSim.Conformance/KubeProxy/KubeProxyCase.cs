using KubeSim.Collections;
using KubeSim.Conformance.Reading;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>One case in one mode: its inputs, then everything it expects.</summary>
internal static class KubeProxyCase
{
    public static void Run(CaseNode node, string mode)
    {
        var findings = new Findings();
        node.Skip("name", "source", "modes", "notes", "derived");
        var proxy = new ProxyUnderTest(ProxyConfiguration.Read(node.Find("proxy"), mode) with
        {
            Modes = [.. node.Texts("modes")],
            NftablesLayouts = ReadLayouts(node.Find("nftLayouts")),
        });
        proxy.Apply(node.Find("objects"));
        proxy.Sync();
        FlowChecks.Check(node.Find("flows"), proxy, findings);
        AssertChecks.Check(node.Find("asserts"), proxy, findings);
        CategoryChecks.Check(node.Find("expect"), proxy, findings);
        ConntrackChecks.Check(node, proxy, findings);
        HealthCheckChecks.Check(node, proxy, findings);
        RenderingChecks.CheckListings(node, proxy, findings);
        RenderingChecks.Check(node, proxy, findings);
        foreach (CaseNode update in node.Find("updates")?.Items ?? [])
        {
            Update(update, proxy, findings);
        }

        findings.Conclude();
    }

    private static void Update(CaseNode update, ProxyUnderTest proxy, Findings findings)
    {
        update.Skip("derived", "notes");
        UpdateStep step = UpdateStep.Read(update.Find("description"), proxy.Configuration.SyncPeriod);
        proxy.Advance(step.Delay);
        bool isRestarted = update.Find("restart")?.Boolean == true;
        proxy.Delete(update.Find("delete"));
        proxy.Apply(update.Find("objects"));
        if (isRestarted)
        {
            proxy.Restart();
        }

        if (step.IsForced)
        {
            proxy.Rendered?.RequireFullSync();
        }

        if (step.Fails)
        {
            proxy.Rendered?.FailNext();
        }

        proxy.Sync();
        FlowChecks.Check(update.Find("flows"), proxy, findings);
        AssertChecks.Check(update.Find("asserts"), proxy, findings);
        CategoryChecks.Check(update.Find("expect"), proxy, findings);
        ConntrackChecks.CheckEntries(update.Find("conntrack"), proxy, findings);
        RenderingChecks.CheckListings(update, proxy, findings);
    }

    /// <summary>The layouts of nftables' rules that the case holds for; without a word, every one.</summary>
    private static EquatableArray<NftablesLayout> ReadLayouts(CaseNode? layouts) => layouts is null
        ? [NftablesLayout.Kubernetes136, NftablesLayout.Kubernetes134]
        : layouts.Items.Count > 0 ? [.. layouts.Items.Select(ReadLayout)] : throw layouts.Wrong("names no layout");

    private static NftablesLayout ReadLayout(CaseNode layout) => layout.Text switch
    {
        "nft-1.34" => NftablesLayout.Kubernetes134,
        "nft-1.36" => NftablesLayout.Kubernetes136,
        _ => throw layout.Wrong("is no layout that KubeSim has"),
    };
}
