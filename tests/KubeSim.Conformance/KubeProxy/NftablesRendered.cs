using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>The rules of nftables, in each layout. Figures without a suffix are of the layout of 1.36, where the case holds for it.</summary>
internal sealed class NftablesRendered(NetworkNode node, ProxyConfiguration configuration) : IRenderedRules
{
    /// <summary>How long after a sync emptied chains may be deleted in the next one.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMilliseconds(1001);

    private readonly NftablesProcess _kubernetes134 = new(node, configuration.IsIPv6, NftablesLayout.Kubernetes134);
    private readonly NftablesProcess _kubernetes136 = new(node, configuration.IsIPv6, NftablesLayout.Kubernetes136);

    private TimeSpan _waited;

    private NftablesProcess Main => configuration.NftablesLayouts.Contains(NftablesLayout.Kubernetes136) ? _kubernetes136 : _kubernetes134;

    public void Sync(ServiceTable table, TimeSpan now, IReadOnlyList<NamespacedName> touched)
    {
        // The figures of 1.35 do not have the emptied chains of endpoints from steps before, which 1.36 has not.
        _waited += ReferenceEquals(Main, _kubernetes136) ? Stale : default;
        _kubernetes134.Run(table, now + _waited, touched);
        _kubernetes136.Run(table, now, touched);
    }

    public void Restart()
    {
        _kubernetes134.Restart();
        _kubernetes136.Restart();
    }

    public void RequireFullSync()
    {
        _kubernetes134.RequireFullSync();
        _kubernetes136.RequireFullSync();
    }

    public void FailNext() => throw new CaseFormatException("the runner has no nft that fails");

    public void Check(string key, CaseNode expected, Findings findings)
    {
        NftablesOperations operations = Main.Operations;
        switch (key)
        {
            case "fullSync":
                findings.Check(expected, Main.LastWasFull, expected.Boolean);
                break;
            case "transactionOperations":
                findings.Check(expected, operations.Count, expected.Int);
                break;
            case "transactionOperationsIn1_35":
                findings.Check(expected, _kubernetes134.Operations.Count, expected.Int);
                break;
            case "transactionOperationsBeyondSetup":
                findings.Check(expected, operations.Count - Main.SetupOperations(), expected.Int);
                break;
            case "transactionOperationsBeyondSetupIn1_35":
                findings.Check(expected, _kubernetes134.Operations.Count - _kubernetes134.SetupOperations(), expected.Int);
                break;
            case "elementsAdded":
                findings.Check(expected, operations.ElementsAdded, expected.Int);
                break;
            case "elementsDeleted":
                findings.Check(expected, operations.ElementsDeleted, expected.Int);
                break;
            case "chainsWritten":
                findings.CheckSet(expected, operations.ChainsWritten, expected.Items.Select(item => item.Text));
                break;
            case "chainsFlushed":
                findings.CheckSet(expected, operations.ChainsFlushed, expected.Items.Select(item => item.Text));
                break;
            case "chainsDeleted":
                findings.CheckSet(expected, Main.ChainsDeleted, expected.Items.Select(item => item.Text));
                break;
            case "staleChains":
            case "staleChainsStillPresent":
                findings.CheckSet(expected, Main.StaleChains, expected.Items.Select(item => item.Text));
                break;
            case "serviceChainsRewritten":
                findings.CheckSet(expected, Main.ServicesWritten(), expected.Items.Select(item => item.Text));
                break;
            case "partialSyncWritesChainsOf":
                findings.Check(expected, Main.LastWasFull, false, "a full sync");
                findings.CheckSet(expected, Main.ServicesWritten(), expected.Items.Select(item => item.Text));
                break;
            default:
                break;
        }
    }

    public void CheckListing(CaseNode expected, Findings findings) => NftablesListingChecks.Check(expected, Main.Table, findings);
}
