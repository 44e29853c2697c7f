using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>What cases expect of the rules as text, and of how they are written: nothing renders them yet.</summary>
internal static class RenderingChecks
{
    public const string Missing = "rendered rules";

    private static readonly string[] Sections =
    [
        "expectNftables", "expectIptables", "ruleCounts", "probabilities", "chainPrefixes", "hash", "serviceHashes", "endpointHashes", "serviceBases", "endpointBases", "cases",
    ];

    private static readonly HashSet<string> Asserts = new(StringComparer.Ordinal)
    {
        "largeClusterMode", "newRulesHaveComments", "iptablesMartianDropRuleInKubeFirewall", "natRulesTotal", "natRulesInLastSync", "serviceChainsRewritten",
        "natChainsDeleted", "partialRestoreFailures", "partialSyncWritesChainsOf", "perServiceRulesWithComments", "staleChains", "staleChainsStillPresent", "fullSync",
        "chainsWritten", "chainsFlushed", "chainsDeleted", "elementsAdded", "elementsDeleted", "transactionOperations", "transactionOperationsIn1_35",
        "transactionOperationsBeyondSetup", "transactionOperationsBeyondSetupIn1_35",
    };

    /// <summary>Whether an assert is about rendered rules.</summary>
    public static bool IsAboutRules(string assert) => Asserts.Contains(assert);

    public static void Check(CaseNode node, Findings findings)
    {
        foreach (string section in Sections)
        {
            if (node.Find(section) is { } expected)
            {
                findings.NotYet(expected, Missing);
            }
        }
    }
}
