using KubeSim.Tests.Tidy.Fixtures.Lower;

namespace KubeSim.Tests.Tidy.Fixtures;

public sealed class FrontDoor
{
    public static int Number() => Thing.Make().Number;
}
