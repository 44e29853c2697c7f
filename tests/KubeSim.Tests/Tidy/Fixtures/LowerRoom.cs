// A room that the fixtures beside it use, each in its own way.
namespace KubeSim.Tests.Tidy.Fixtures.Lower;

public sealed record Thing(int Number)
{
    public static Thing Make() => new(1);
}

public sealed class ThingException : Exception;

[AttributeUsage(AttributeTargets.Class)]
public sealed class ThingAttribute : Attribute;

public interface IThing;

public delegate void ThingHappened();
