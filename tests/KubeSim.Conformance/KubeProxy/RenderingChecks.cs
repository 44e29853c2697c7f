using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Iptables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>What cases expect of the rules as text, and of how they are written.</summary>
internal static class RenderingChecks
{
    private const string Iptables = "iptables";

    /// <summary>The asserts that are about rendered rules.</summary>
    private static readonly HashSet<string> Asserts = new(StringComparer.Ordinal)
    {
        "largeClusterMode", "newRulesHaveComments", "iptablesMartianDropRuleInKubeFirewall", "natRulesTotal", "natRulesInLastSync", "serviceChainsRewritten",
        "natChainsDeleted", "partialRestoreFailures", "partialSyncWritesChainsOf", "perServiceRulesWithComments", "staleChains", "staleChainsStillPresent", "fullSync",
        "chainsWritten", "chainsFlushed", "chainsDeleted", "elementsAdded", "elementsDeleted", "transactionOperations", "transactionOperationsIn1_35",
        "transactionOperationsBeyondSetup", "transactionOperationsBeyondSetupIn1_35",
    };

    /// <summary>Those that only iptables can answer.</summary>
    private static readonly string[] OnlyIptables =
    [
        "largeClusterMode", "newRulesHaveComments", "iptablesMartianDropRuleInKubeFirewall", "natRulesTotal", "natRulesInLastSync", "natChainsDeleted", "partialRestoreFailures",
        "perServiceRulesWithComments",
    ];

    /// <summary>Those that only nftables can answer.</summary>
    private static readonly string[] OnlyNftables =
    [
        "chainsWritten", "chainsFlushed", "elementsAdded", "elementsDeleted", "transactionOperations", "transactionOperationsIn1_35", "transactionOperationsBeyondSetup",
        "transactionOperationsBeyondSetupIn1_35",
    ];

    /// <summary>Whether an assert is about rendered rules.</summary>
    public static bool IsAboutRules(string assert) => Asserts.Contains(assert);

    public static void CheckAssert(string key, CaseNode expected, ProxyUnderTest proxy, Findings findings)
    {
        if (!IsOfOtherMode(expected, proxy, Iptables, OnlyIptables.Contains(key, StringComparer.Ordinal))
            && !IsOfOtherMode(expected, proxy, "nftables", OnlyNftables.Contains(key, StringComparer.Ordinal)))
        {
            proxy.Rendered?.Check(key, expected, findings);
        }
    }

    /// <summary>The whole listings, as of the last sync.</summary>
    public static void CheckListings(CaseNode node, ProxyUnderTest proxy, Findings findings)
    {
        foreach ((string key, string mode) in new[] { ("expectIptables", Iptables), ("expectNftables", "nftables") })
        {
            if (node.Find(key) is { } listing && !IsOfOtherMode(listing, proxy, mode, true) && proxy.Configuration.Mode == mode)
            {
                proxy.Rendered!.CheckListing(listing, findings);
            }
        }
    }

    /// <summary>Tables of names, numbers and options; each belongs to a mode, and stays unread in others.</summary>
    public static void Check(CaseNode node, ProxyUnderTest proxy, Findings findings)
    {
        NameChecks.Check(node, proxy.Configuration.Mode, findings);
        if (proxy.Configuration.Mode != Iptables)
        {
            return;
        }

        RuleCountChecks.Check(node.Find("ruleCounts"), proxy, findings);
        foreach (CaseNode row in node.Find("probabilities")?.Items ?? [])
        {
            findings.Check(row, IptablesProbability.Written((uint)row["remainingEndpoints"].Int), row["probability"].Text);
        }

        foreach (CaseNode row in node.Find("cases")?.Items ?? [])
        {
            CheckOption(row, proxy, findings);
        }
    }

    /// <summary>A case of several modes says some things of one of them only.</summary>
    private static bool IsOfOtherMode(CaseNode expected, ProxyUnderTest proxy, string mode, bool isOnlyOfMode)
    {
        bool isOther = isOnlyOfMode && proxy.Configuration.Mode != mode && proxy.Configuration.Modes.Contains(mode);
        if (isOther)
        {
            _ = expected.Whole;
        }

        return isOther;
    }

    /// <summary>What an option changes in a chain.</summary>
    private static void CheckOption(CaseNode row, ProxyUnderTest proxy, Findings findings)
    {
        ProxySettings settings = proxy.Configuration.Settings;
        proxy.Node.ProxySettings = row["option"].Text switch
        {
            "iptables supports --random-fully" => settings with { RandomFully = row["value"].Boolean },
            "conntrackTCPLiberal" => settings with { ConntrackTcpBeLiberal = row["value"].Boolean },
            _ => throw row["option"].Wrong("is no option that changes rules"),
        };
        IptablesInput input = new IptablesSync(proxy.Node, proxy.Configuration.IsIPv6).Next(ServiceTable.Empty).Input;
        proxy.Node.ProxySettings = settings;
        string chain = row["chain"].Text;
        string[] rules = [.. input.Filter.Rules.Concat(input.Filter.LastRules).Concat(input.Nat.Rules).Concat(input.Nat.LastRules).Where(rule => rule.Chain == chain).Select(rule => rule.ToString())];
        findings.Check(row["chain"], rules.Length > 0, true, "has rules");
        if (row.Find("masqueradeHasRandomFully") is { } random)
        {
            string[] masquerade = [.. rules.Where(rule => rule.Contains("-j MASQUERADE", StringComparison.Ordinal))];
            findings.Check(random, masquerade.Length, 1, "rules that masquerade");
            findings.Check(random, masquerade.All(rule => rule.EndsWith(" --random-fully", StringComparison.Ordinal)), random.Boolean);
        }

        if (row.Find("dropsConntrackInvalid") is { } drops)
        {
            findings.Check(drops, rules.Any(rule => rule.Contains("--ctstate INVALID", StringComparison.Ordinal) && rule.EndsWith("-j DROP", StringComparison.Ordinal)), drops.Boolean);
        }
    }
}
