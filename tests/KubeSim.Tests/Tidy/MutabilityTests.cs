using System.Reflection;
using KubeSim.Simulation;

namespace KubeSim.Tests.Tidy;

public sealed class MutabilityTests
{
    private static readonly Assembly Ours = typeof(DeterministicRandom).Assembly;

    [Test]
    public void No_public_record_can_be_changed_after_it_is_made() =>
        Ours.GetExportedTypes().Where(Mutability.IsRecord).SelectMany(Mutability.Settable).Should().BeEmpty();

    [Test]
    public void Nothing_that_can_be_changed_is_reached_from_an_api_object() =>
        Mutability.Reachable(Ours.GetExportedTypes().Where(type => type.Namespace == "KubeSim.Api" && Mutability.IsRecord(type)), Ours).Should().BeEmpty();

    [TestCase(typeof(Fixtures.Frozen), true)]
    [TestCase(typeof(Fixtures.Icy), true)]
    [TestCase(typeof(Fixtures.Slush), true)]
    [TestCase(typeof(Fixtures.Puddle), false)]
    [TestCase(typeof(TimeSpan), false)]
    public void A_record_is_known_by_what_the_compiler_gives_it(Type type, bool isRecord) => Mutability.IsRecord(type).Should().Be(isRecord);

    [Test]
    public void What_can_be_set_is_found()
    {
        Mutability.Settable(typeof(Fixtures.Frozen)).Should().BeEmpty();
        Mutability.Settable(typeof(Fixtures.Icy)).Should().BeEmpty();
        Mutability.Settable(typeof(Fixtures.Thawed)).Should().Equal("Thawed.Number can be set");
        Mutability.Settable(typeof(Fixtures.Slush)).Should().Equal("Slush.Number can be set");
        Mutability.Settable(typeof(Fixtures.Puddle)).Should().Equal("Puddle.Depth can be set");
    }

    [Test]
    public void What_can_be_changed_is_found_at_any_depth()
    {
        Assembly here = typeof(MutabilityTests).Assembly;
        Mutability.Reachable([typeof(Fixtures.Frozen)], here).Should().BeEmpty();
        Mutability.Reachable([typeof(Fixtures.Thawed)], here).Should().Equal(
            "Deep.Lists is a List`1, which can be changed", "Deep.Numbers is a Int32[], which can be changed",
            "Deep.Tree is a JsonObject, which can be changed", "Puddle.Depth can be set", "Thawed.Number can be set");
    }
}
