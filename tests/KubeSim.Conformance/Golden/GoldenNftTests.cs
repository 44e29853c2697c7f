using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Conformance.Golden;

/// <summary>The rendered nftables table and the inputs of nft are those of the real kube-proxy.</summary>
public sealed class GoldenNftTests
{
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromSeconds(4);

    /// <summary>minSyncPeriod is counted from the end of a sync, so that the next begins a little more than that later.</summary>
    private static readonly TimeSpan BetweenSyncs = TimeSpan.FromMilliseconds(1001);

    private static IEnumerable<TestCaseData> Lists => GoldenFolder.Tests("Golden_nft", GoldenFolder.Sets("nft"));

    private static IEnumerable<TestCaseData> Transactions => GoldenFolder.Tests("Golden_nft_transaction", GoldenFolder.Sets("nft-transaction"));

    private static IEnumerable<TestCaseData> Sequences => GoldenFolder.Tests("Golden_nft_sequence", GoldenFolder.Sequences("nft"));

    [TestCaseSource(nameof(Lists))]
    public void The_table_is_listed_as_the_real_one(string name)
    {
        GoldenSet set = GoldenSet.Read(name);
        GoldenWorld world = set.World(ProxyMode.Nftables);

        string ours = NftablesRendering.List(world.Table, world.Node, isIPv6: false) + NftablesRendering.List(world.Table, world.Node, isIPv6: true);

        Difference.ShouldBeNone(CanonicalNft.Of(set.Text("nft")), CanonicalNft.Of(ours), name);
    }

    [TestCaseSource(nameof(Transactions))]
    public void The_first_transaction_is_that_of_the_real_one(string name)
    {
        GoldenSet set = GoldenSet.Read(name);
        GoldenWorld world = set.World(ProxyMode.Nftables);
        string real = set.Text("nft-transaction");

        foreach (bool isIPv6 in new[] { false, true })
        {
            string family = isIPv6 ? "ip6" : "ip";
            if (CanonicalTransaction.HasFamily(real, family))
            {
                string ours = CanonicalTransaction.Recorded([NftablesRendering.Transaction(world.Table, world.Node, isIPv6)]);
                Difference.ShouldBeNone(CanonicalTransaction.Of(real, family), CanonicalTransaction.Of(ours, family), $"{name}, {family}");
            }
        }
    }

    [TestCaseSource(nameof(Sequences))]
    public void Each_step_of_a_sequence_is_that_of_the_real_one(string name)
    {
        GoldenSequence sequence = GoldenSequence.Read(name);
        GoldenWorld world = sequence.World(ProxyMode.Nftables);
        NftablesSync? sync = null;
        foreach (GoldenStep step in sequence.Steps)
        {
            sync ??= new NftablesSync(world.Node, isIPv6: false);
            string what = $"{name}, step {step.Number} ({step.Title})";

            string ours = CanonicalTransaction.Recorded(Run(step, world, sync, what));

            Difference.ShouldBeNone(CanonicalTransaction.Of(sequence.Text(step.Number, "nft-transaction"), "ip"), CanonicalTransaction.Of(ours, "ip"), what + ", inputs");
            Difference.ShouldBeNone(CanonicalNft.Of(sequence.Text(step.Number, "nft")), CanonicalNft.Of(NftablesListing.Of(sync.Table)), what + ", table");
        }
    }

    /// <summary>Where there are several syncs, the first change made the first one; what came before the last sync's turn went into it.</summary>
    private static List<string> Run(GoldenStep step, GoldenWorld world, NftablesSync sync, string what)
    {
        var inputs = new List<string>();
        IReadOnlyList<bool> syncs = step.Nftables.IPv4;
        int next = 0;
        for (int i = 0; i < syncs.Count; i++)
        {
            int until = i == syncs.Count - 1 ? step.Actions.Count : Math.Min(next + 1, step.Actions.Count);
            for (; next < until; next++)
            {
                step.Actions[next](world);
            }

            foreach (NftablesTransaction transaction in sync.Sync(world.Table, (step.Number * BetweenSteps) + (i * BetweenSyncs), world.Touched.Of(isIPv6: false)))
            {
                inputs.Add(transaction.Text);
            }

            world.Touched.Clear();
            sync.LastWasFull.Should().Be(syncs[i], "{0}, sync {1}", what, i + 1);
        }

        if (syncs.Count == 0)
        {
            foreach (Action<GoldenWorld> action in step.Actions)
            {
                action(world);
            }

            sync.HasChanges(world.Table, world.Touched.Of(isIPv6: false)).Should().BeFalse("{0}: kube-proxy saw nothing to sync", what);
        }

        return inputs;
    }
}
