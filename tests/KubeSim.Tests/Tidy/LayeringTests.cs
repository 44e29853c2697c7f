using KubeSim.Simulation;

namespace KubeSim.Tests.Tidy;

public sealed class LayeringTests
{
    private const string Fixtures = "KubeSim.Tests.Tidy.Fixtures";

    [Test]
    public void A_room_uses_only_the_rooms_listed_for_it() =>
        RoomTable.Violations(AssemblyRooms.Uses(typeof(DeterministicRandom).Assembly.Location, "KubeSim")).Should().BeEmpty();

    [Test]
    public void The_table_of_rooms_has_no_cycle() => RoomTable.Cycle(RoomTable.MayUse).Should().BeNull();

    [Test]
    public void The_api_server_and_the_data_plane_never_see_each_other()
    {
        RoomTable.MayUse["ApiServer"].Should().NotContain("Dataplane");
        RoomTable.MayUse["Dataplane"].Should().NotContain("ApiServer");
    }

    [Test]
    public void Every_folder_of_the_library_is_a_room_of_the_table() =>
        Repository.Files("src/KubeSim", "*.cs").Select(path => path.Split('/')).Where(parts => parts.Length > 3).Select(parts => parts[2])
            .Distinct(StringComparer.Ordinal).Should().BeSubsetOf(RoomTable.MayUse.Keys);

    [Test]
    public void The_map_of_the_rooms_shows_the_table_that_is_enforced() =>
        RoomTable.Rows(Repository.Read(Repository.PathOf("src", "README.md")))
            .Should().BeEquivalentTo(RoomTable.MayUse.ToDictionary(room => room.Key, room => room.Value, StringComparer.Ordinal));

    [Test]
    public void A_use_of_another_room_is_found_wherever_it_hides() =>
        AssemblyRooms.Uses(typeof(LayeringTests).Assembly.Location, Fixtures).Where(use => use.From == "Upper")
            .Select(use => use.FromType[(Fixtures.Length + ".Upper.".Length)..]).Distinct(StringComparer.Ordinal).Should().BeEquivalentTo(
                "InMethodBody", "InLambda", "InAsyncMethod", "InIterator", "InGenericArgument", "InGenericMethodArgument", "InConstraint`1",
                "InBaseType", "InAttribute", "InField", "InCatch", "InTypeOf");

    [Test]
    public void The_front_door_is_a_place_of_its_own() =>
        AssemblyRooms.Uses(typeof(LayeringTests).Assembly.Location, Fixtures)
            .Should().Contain(new RoomUse(RoomTable.FrontDoor, Fixtures + ".FrontDoor", "Lower", Fixtures + ".Lower.Thing"));

    [TestCase("Dataplane", "ApiServer")]
    [TestCase("ApiServer", "Dataplane")]
    [TestCase("Collections", "Addressing")]
    [TestCase("Simulation", "")]
    [TestCase("Attic", "Collections")]
    [TestCase("", "Attic")]
    public void A_use_that_the_table_does_not_list_is_a_violation(string from, string to) =>
        RoomTable.Violations([new RoomUse(from, "A", to, "B")]).Should().Equal("A uses B");

    [TestCase("Proxy", "Dataplane")]
    [TestCase("", "Proxy")]
    [TestCase("Api", "Api")]
    public void A_use_that_the_table_lists_is_none(string from, string to) =>
        RoomTable.Violations([new RoomUse(from, "A", to, "B")]).Should().BeEmpty();

    [Test]
    public void A_cycle_in_a_table_is_found() =>
        RoomTable.Cycle(new Dictionary<string, string[]> { ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["B"] }).Should().Be("B");
}
