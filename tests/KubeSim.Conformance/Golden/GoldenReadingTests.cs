using KubeSim.Dataplane;

namespace KubeSim.Conformance.Golden;

/// <summary>Everything that the recorded sets and sequences say is understood.</summary>
public sealed class GoldenReadingTests
{
    private static IEnumerable<TestCaseData> Sets => GoldenFolder.Tests("Golden_objects", GoldenFolder.Sets("meta.yaml").Select(name => name.Replace(".meta", "", StringComparison.Ordinal)));

    private static IEnumerable<TestCaseData> Sequences => GoldenFolder.Tests("Golden_steps", GoldenFolder.Sequences("iptables"));

    [TestCaseSource(nameof(Sets))]
    public void Objects_and_configuration_are_understood(string name)
    {
        GoldenSet set = GoldenSet.Read(name);
        set.World(ProxyMode.IPTables).Node.Addresses.Length.Should().BeGreaterThan(0);
        set.World(ProxyMode.Nftables).Node.ProxySettings.Mode.Should().Be(ProxyMode.Nftables);
    }

    [TestCaseSource(nameof(Sequences))]
    public void Steps_are_understood(string name)
    {
        GoldenSequence sequence = GoldenSequence.Read(name);
        GoldenWorld world = sequence.World(ProxyMode.IPTables);
        foreach (GoldenStep step in sequence.Steps)
        {
            foreach (Action<GoldenWorld> action in step.Actions)
            {
                action(world);
            }
        }

        world.Table.Count.Should().BeGreaterThan(0);
    }
}
