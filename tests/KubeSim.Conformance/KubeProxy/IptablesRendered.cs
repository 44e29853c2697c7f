using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Iptables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>The rules of iptables.</summary>
internal sealed class IptablesRendered : IRenderedRules
{
    private readonly NetworkNode _node;
    private readonly ProxyConfiguration _configuration;
    private IptablesSync _sync;
    private ServiceTable _table = ServiceTable.Empty;
    private IptablesSyncResult? _last;

    public IptablesRendered(NetworkNode node, ProxyConfiguration configuration)
    {
        _node = node;
        _configuration = configuration;
        _sync = Start(null);
    }

    private IptablesSyncResult Last => _last ?? throw new InvalidOperationException("Nothing has been synced yet.");

    public void Sync(ServiceTable table, TimeSpan now, IReadOnlyList<NamespacedName> touched)
    {
        int failures = _sync.PartialRestoreFailures;
        _table = table;
        _last = _sync.Next(table, now, touched);
        if (_sync.PartialRestoreFailures > failures)
        {
            _last = _sync.Next(table, now, touched);
        }
    }

    public void Restart() => _sync = Start(_sync.Ruleset);

    public void RequireFullSync() => _sync.RequireFullSync();

    public void FailNext() => _sync.FailNext();

    public void Check(string key, CaseNode expected, Findings findings)
    {
        IptablesTableInput nat = Last.Input.Nat;
        switch (key)
        {
            case "fullSync":
                findings.Check(expected, Last.IsFull, expected.Boolean);
                break;
            case "largeClusterMode":
                findings.Check(expected, _sync.IsLargeCluster, expected.Boolean);
                break;
            case "natRulesTotal":
                findings.Check(expected, RulesOf(_sync.Ruleset.Nat).Count(), expected.Int);
                break;
            case "natRulesInLastSync":
                findings.Check(expected, nat.Rules.Count + nat.LastRules.Count, expected.Int);
                break;
            case "serviceChainsRewritten":
                findings.CheckSet(expected, ServicesWritten(), expected.Items.Select(item => item.Text));
                break;
            case "partialSyncWritesChainsOf":
                findings.Check(expected, Last.IsFull, false, "a full sync");
                findings.CheckSet(expected, ServicesWritten(), expected.Items.Select(item => item.Text));
                break;
            case "natChainsDeleted":
            case "chainsDeleted":
                findings.CheckSet(expected, nat.DeletedChains, expected.Items.Select(item => item.Text));
                break;
            case "staleChains":
            case "staleChainsStillPresent":
                findings.CheckSet(expected, StaleChains(), expected.Items.Select(item => item.Text));
                break;
            case "partialRestoreFailures":
                findings.Check(expected, _sync.PartialRestoreFailures, expected.Int);
                break;
            case "newRulesHaveComments":
                CheckNewComments(expected, nat, findings);
                break;
            case "perServiceRulesWithComments":
                findings.Check(expected, RulesOf(_sync.Ruleset.Nat).Count(rule => IsOfEndpoint(rule) && HasComment(rule)), expected.Int);
                break;
            case "iptablesMartianDropRuleInKubeFirewall":
                findings.Check(expected, RulesOf(_sync.Ruleset.Filter).Any(rule => rule.Chain == IptablesChains.Firewall && rule.Target == IptablesTarget.Drop), expected.Boolean);
                break;
            default:
                break;
        }
    }

    public void CheckListing(CaseNode expected, Findings findings) => IptablesListingChecks.Check(expected, _sync.Ruleset, findings);

    private IptablesSync Start(IptablesRuleset? existing) => new(_node, _configuration.IsIPv6, existing)
    {
        SyncPeriod = _configuration.SyncPeriod,
        LargeClusterEndpoints = _configuration.LargeClusterEndpoints,
    };

    /// <summary>All rules but the jumps in the built-in chains, which syncs do not write.</summary>
    private static IEnumerable<IptablesRule> RulesOf(IptablesTable table) => table.ChainsInOrder().Where(chain => !table.IsBuiltIn(chain)).SelectMany(table.RulesOf);

    private IEnumerable<string> ServicesWritten()
    {
        IptablesTableInput nat = Last.Input.Nat;
        var written = nat.Chains.Except(nat.DeletedChains, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        return Ports().Where(port => port.Chains.Exists(written.Contains)).Select(port => port.Rule.Name.Service.ToString()).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The chains of service ports that the kernel has and no service port wants.</summary>
    private IEnumerable<string> StaleChains() =>
        _sync.Ruleset.Nat.ChainsInOrder().Where(IptablesChains.IsOfServicePort).Except(Ports().SelectMany(port => port.Chains), StringComparer.Ordinal);

    private IEnumerable<IptablesServicePort> Ports()
    {
        var settings = new IptablesSettings(_node, _configuration.IsIPv6);
        return _table.Rules.Where(rule => rule.Name.IsIPv6 == _configuration.IsIPv6).Select(rule => IptablesServicePortBuilder.Build(settings, rule, _sync.IsLargeCluster));
    }

    private static void CheckNewComments(CaseNode expected, IptablesTableInput nat, Findings findings)
    {
        IptablesRule[] rules = [.. nat.Rules.Where(IsOfEndpoint)];
        int withComment = rules.Count(HasComment);
        findings.Check(expected, withComment, expected.Boolean ? rules.Length : 0, "rules with a comment");
        findings.Check(expected, rules.Length > 0, true, "rules for endpoints");
    }

    /// <summary>Rules that lead to an endpoint or translate to it: those whose comments a large cluster does without.</summary>
    private static bool IsOfEndpoint(IptablesRule rule) =>
        rule.Chain.StartsWith(IptablesChains.EndpointPrefix, StringComparison.Ordinal) || rule.Target.Text.StartsWith(IptablesChains.EndpointPrefix, StringComparison.Ordinal);

    private static bool HasComment(IptablesRule rule) => rule.Matches.Any(match => match.Kind == IptablesMatchKind.Comment);
}
