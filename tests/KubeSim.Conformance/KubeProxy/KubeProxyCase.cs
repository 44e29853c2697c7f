using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>One case in one mode: its inputs, then everything it expects.</summary>
internal static class KubeProxyCase
{
    public static void Run(CaseNode node, string mode)
    {
        var findings = new Findings();
        node.Skip("name", "source", "modes", "notes", "derived");
        ReadLayouts(node, mode);
        var proxy = new ProxyUnderTest(ProxyConfiguration.Read(node.Find("proxy"), mode));
        proxy.Apply(node.Find("objects"));
        proxy.Sync();
        FlowChecks.Check(node.Find("flows"), proxy, findings);
        AssertChecks.Check(node.Find("asserts"), proxy, findings);
        CategoryChecks.Check(node.Find("expect"), proxy, findings);
        ConntrackChecks.Check(node, proxy, findings);
        HealthCheckChecks.Check(node, proxy, findings);
        RenderingChecks.Check(node, findings);
        foreach (CaseNode update in node.Find("updates")?.Items ?? [])
        {
            Update(update, proxy, findings);
        }

        findings.Conclude();
    }

    private static void Update(CaseNode update, ProxyUnderTest proxy, Findings findings)
    {
        update.Skip("description", "derived", "notes");
        bool isRestarted = update.Find("restart")?.Boolean == true;
        proxy.Delete(update.Find("delete"));
        proxy.Apply(update.Find("objects"));
        if (isRestarted)
        {
            proxy.Restart();
        }

        proxy.Sync();
        FlowChecks.Check(update.Find("flows"), proxy, findings);
        AssertChecks.Check(update.Find("asserts"), proxy, findings);
        CategoryChecks.Check(update.Find("expect"), proxy, findings);
        ConntrackChecks.CheckEntries(update.Find("conntrack"), proxy, findings);
    }

    /// <summary>KubeSim follows 1.36, so a case that holds only for an older layout of nftables' rules says nothing of it.</summary>
    private static void ReadLayouts(CaseNode node, string mode)
    {
        if (node.Find("nftLayouts") is { } layouts && !layouts.Items.Select(layout => layout.Text).ToArray().Contains("nft-1.36", StringComparer.Ordinal) && mode == "nftables")
        {
            throw layouts.Wrong("holds for none of the layouts that KubeSim has: nft-1.36");
        }
    }
}
