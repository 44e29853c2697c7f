using CsCheck;
using KubeSim.Collections;

namespace KubeSim.Tests.Collections;

/// <summary>A map that is never changed, and the way to make the next one cheaply.</summary>
public sealed class PersistentMapTests
{
    /// <summary>Keys collide in places, and some share a whole hash.</summary>
    private static readonly Gen<(int Key, bool IsRemoval)[]> Changes = Gen.Select(Gen.Int[0, 400], Gen.Bool, Gen.Bool, (key, one, other) => (key, one && other)).Array[0, 600];

    [Test]
    public void It_holds_what_was_put_in_and_an_earlier_map_stays_as_it_was() => Changes.Sample(changes =>
    {
        var map = PersistentMap<int, int>.Empty;
        var model = new Dictionary<int, int>();
        for (int i = 0; i < changes.Length; i++)
        {
            PersistentMap<int, int> before = map;
            map = Changed(map, model, changes[i], i, null);
            before.Count.Should().Be(before.Entries().Count());
        }

        Contents(map).Should().Equal(model.OrderBy(entry => entry.Key));
    });

    [Test]
    public void An_owner_changes_its_own_branches_and_no_map_that_was_there_before() => Gen.Select(Changes, Changes).Sample((earlier, later) =>
    {
        var map = PersistentMap<int, int>.Empty;
        var model = new Dictionary<int, int>();
        object owner = new();
        for (int i = 0; i < earlier.Length; i++) map = Changed(map, model, earlier[i], i, owner);
        PersistentMap<int, int> kept = map;
        KeyValuePair<int, int>[] expected = [.. model.OrderBy(entry => entry.Key)];

        owner = new();
        for (int i = 0; i < later.Length; i++) map = Changed(map, model, later[i], i + 1_000, owner);

        Contents(map).Should().Equal(model.OrderBy(entry => entry.Key));
        Contents(kept).Should().Equal(expected);
    });

    private static PersistentMap<int, int> Changed(PersistentMap<int, int> map, Dictionary<int, int> model, (int Key, bool IsRemoval) change, int value, object? owner)
    {
        if (change.IsRemoval)
        {
            model.Remove(change.Key);
            return map.Remove(HashOf(change.Key), change.Key);
        }

        model[change.Key] = value;
        return map.Set(HashOf(change.Key), change.Key, value, owner);
    }

    private static IEnumerable<KeyValuePair<int, int>> Contents(PersistentMap<int, int> map) => map.Entries().OrderBy(entry => entry.Key);

    private static ulong HashOf(int key) => (ulong)(key % 300) * 0x0101_0101_0101UL;
}
