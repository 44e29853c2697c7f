// One type for each place in which a use of another room can hide.
using KubeSim.Tests.Tidy.Fixtures.Lower;

namespace KubeSim.Tests.Tidy.Fixtures.Upper;

public sealed class InMethodBody
{
    public static int Number() => Thing.Make().Number;
}

public sealed class InLambda
{
    public static Func<int> Number() => () => Thing.Make().Number;
}

public sealed class InAsyncMethod
{
    public static async Task<int> Number()
    {
        await Task.Yield();
        return Thing.Make().Number;
    }
}

public sealed class InIterator
{
    public static IEnumerable<object> Things()
    {
        yield return Thing.Make();
    }
}

public sealed class InGenericArgument
{
    public static object List() => new List<Thing?[]>();
}

public sealed class InGenericMethodArgument
{
    public static object Array() => System.Array.Empty<Thing>();
}

public sealed class InConstraint<T>
    where T : IThing;

public sealed class InBaseType : IThing;

[Thing]
public sealed class InAttribute;

public sealed class InField
{
    public ThingHappened? Happened;
}

public sealed class InCatch
{
    public static bool Fails(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (ThingException)
        {
            return true;
        }
    }
}

public sealed class InTypeOf
{
    public static Type Name() => typeof(Thing);
}

public sealed class InNothing
{
    public static int Number() => new InLambda().GetHashCode() switch { 0 => 1, 1 => 5, 2 => 7, 3 => 9, _ => 8 };
}
