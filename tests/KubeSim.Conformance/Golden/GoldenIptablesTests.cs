using System.Text;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Iptables;

namespace KubeSim.Conformance.Golden;

/// <summary>The rules of iptables, held against those of the real kube-proxy.</summary>
public sealed class GoldenIptablesTests
{
    private const string Save = "iptables";
    private const string SaveIPv6 = "ip6tables";
    private const string Restore = "iptables-restore";
    private const string CommandIPv4 = "# iptables-restore -w 5 --noflush --counters\n";
    private const string CommandIPv6 = "# ip6tables-restore -w 5 --noflush --counters\n";

    private static IEnumerable<TestCaseData> Saved => GoldenFolder.Tests("Golden_iptables", GoldenFolder.Sets(Save));

    private static IEnumerable<TestCaseData> SavedIPv6 => GoldenFolder.Tests("Golden_ip6tables", GoldenFolder.Sets(SaveIPv6));

    private static IEnumerable<TestCaseData> Restored => GoldenFolder.Tests("Golden_iptables_restore", GoldenFolder.Sets(Restore));

    private static IEnumerable<TestCaseData> Sequences => GoldenFolder.Tests("Golden_iptables_sequence", GoldenFolder.Sequences(Save));

    [TestCaseSource(nameof(Saved))]
    public void Golden_iptables(string name)
    {
        GoldenSet set = GoldenSet.Read(name);
        ShouldBeSame(set.Text(Save), RulesOf(set, isIPv6: false), name);
    }

    [TestCaseSource(nameof(SavedIPv6))]
    public void Golden_ip6tables(string name)
    {
        GoldenSet set = GoldenSet.Read(name);
        ShouldBeSame(set.Text(SaveIPv6), RulesOf(set, isIPv6: true), name);
    }

    [TestCaseSource(nameof(Restored))]
    public void Golden_iptables_restore(string name)
    {
        GoldenSet set = GoldenSet.Read(name);
        string real = set.Text(Restore);
        NetworkNode node = set.World(ProxyMode.IPTables).Node;
        string ours = CommandIPv4 + IptablesRendering.SyncInput(null, node.Table!, node, isIPv6: false);
        ShouldBeSame(real, real.Contains(CommandIPv6, StringComparison.Ordinal) ? ours + CommandIPv6 + IptablesRendering.SyncInput(null, node.Table!, node, isIPv6: true) : ours, name);
    }

    [TestCaseSource(nameof(Sequences))]
    public void Golden_iptables_sequence(string name)
    {
        GoldenSequence sequence = GoldenSequence.Read(name);
        GoldenWorld world = sequence.World(ProxyMode.IPTables);
        var sync = new IptablesSync(world.Node, isIPv6: false);
        foreach (GoldenStep step in sequence.Steps)
        {
            var inputs = new StringBuilder();
            var full = new List<bool>();
            world.Replay(step, step.Iptables.IPv4.Count, () =>
            {
                IptablesSyncResult result = sync.Next(world.Table, TimeSpan.FromSeconds(step.Number), world.Touched.Of(isIPv6: false));
                full.Add(result.IsFull);
                inputs.Append(CommandIPv4).Append(result.Input);
            });
            full.Should().Equal(step.Iptables.IPv4, "of step {0}, {1}", step.Number, step.Title);
            string place = $"{name}, step {step.Number} ({step.Title})";
            ShouldBeSame(sequence.Text(step.Number, Restore), inputs.ToString(), place + ", input");
            ShouldBeSame(sequence.Text(step.Number, Save), sync.Ruleset.ToString(), place + ", rules");
        }
    }

    private static string RulesOf(GoldenSet set, bool isIPv6)
    {
        NetworkNode node = set.World(ProxyMode.IPTables).Node;
        return IptablesRendering.Save(node.Table!, node, isIPv6);
    }

    private static void ShouldBeSame(string real, string ours, string what) => Difference.ShouldBeNone(CanonicalIptables.Of(real), CanonicalIptables.Of(ours), what);
}
