using KubeSim.Addressing;
using KubeSim.Collections;
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

        EquatableArray<Cidr> cidrs = world.Node.ProxySettings.ServiceCidrs;
        foreach ((bool isIPv6, string real) in Families(set.Text("nft"), "table ip6 "))
        {
            string ours = NftablesRendering.List(world.Table, Heard(world.Node, cidrs, real), isIPv6);
            Difference.ShouldBeNone(CanonicalNft.Of(real), CanonicalNft.Of(ours), name);
        }
    }

    [TestCaseSource(nameof(Transactions))]
    public void The_first_transaction_is_that_of_the_real_one(string name)
    {
        GoldenSet set = GoldenSet.Read(name);
        GoldenWorld world = set.World(ProxyMode.Nftables);
        EquatableArray<Cidr> cidrs = world.Node.ProxySettings.ServiceCidrs;
        foreach ((bool isIPv6, string inputs) in Families(set.Text("nft-transaction"), "# nft -f -\nadd table ip6 "))
        {
            string ours = CanonicalTransaction.Recorded([NftablesRendering.SyncInput(null, world.Table, Heard(world.Node, cidrs, inputs), isIPv6)]);
            Difference.ShouldBeNone(CanonicalTransaction.Of(inputs), CanonicalTransaction.Of(ours), name);
        }
    }

    [TestCaseSource(nameof(Sequences))]
    public void Each_step_of_a_sequence_is_that_of_the_real_one(string name)
    {
        GoldenSequence sequence = GoldenSequence.Read(name);
        GoldenWorld world = sequence.World(ProxyMode.Nftables);
        EquatableArray<Cidr> cidrs = world.Node.ProxySettings.ServiceCidrs;
        var sync = new NftablesSync(world.Node, isIPv6: false);
        foreach (GoldenStep step in sequence.Steps)
        {
            string what = $"{name}, step {step.Number} ({step.Title})";
            string real = sequence.Text(step.Number, "nft-transaction");
            if (step.Number == 0)
            {
                Heard(world.Node, cidrs, real);
            }

            string ours = CanonicalTransaction.Recorded(Run(step, world, sync, what));

            world.Node.ProxySettings = world.Node.ProxySettings with { ServiceCidrs = cidrs };
            Difference.ShouldBeNone(CanonicalTransaction.Of(real), CanonicalTransaction.Of(ours), what + ", inputs");
            Difference.ShouldBeNone(CanonicalNft.Of(sequence.Text(step.Number, "nft")), CanonicalNft.Of(NftablesListing.Of(sync.Table)), what + ", table");
        }
    }

    /// <summary>
    /// Whether kube-proxy hears of the ServiceCIDRs before its first sync is a race, and it does not sync again for them: the recording shows
    /// who won.
    /// </summary>
    private static NetworkNode Heard(NetworkNode node, EquatableArray<Cidr> cidrs, string real)
    {
        bool hasHeard = real.Contains("Drop traffic to unallocated ClusterIPs", StringComparison.Ordinal);
        node.ProxySettings = node.ProxySettings with { ServiceCidrs = hasHeard ? cidrs : [] };
        return node;
    }

    /// <summary>The parts of a recording: always IPv4, and IPv6 where it has been recorded.</summary>
    private static IEnumerable<(bool IsIPv6, string Text)> Families(string text, string startOfIPv6)
    {
        int ipv6 = text.IndexOf(startOfIPv6, StringComparison.Ordinal);
        int ipv4 = ipv6 == 0 ? text.IndexOf(startOfIPv6.Replace("ip6", "ip", StringComparison.Ordinal), StringComparison.Ordinal) : 0;
        yield return (false, ipv6 < 0 ? text : ipv4 > 0 ? text[ipv4..] : text[..ipv6]);
        if (ipv6 >= 0)
        {
            yield return (true, ipv4 > 0 ? text[..ipv4] : text[ipv6..]);
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
