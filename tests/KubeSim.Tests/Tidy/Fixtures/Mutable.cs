using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace KubeSim.Tests.Tidy.Fixtures;

public sealed record Frozen(int Number, ImmutableArray<Icy> Inner)
{
    public string Name { get; init; } = "";

    public IReadOnlyList<string> Names { get; init; } = [];

    public int Private { get; private set; }
}

public readonly record struct Icy(int Number, Frozen? Outer);

public sealed record Thawed
{
    public int Number { get; set; }

    public Deep? Deep { get; init; }
}

public sealed record Deep
{
    public ImmutableArray<List<int>> Lists { get; init; }

    public int[] Numbers { get; init; } = [];

    public JsonObject? Tree { get; init; }

    public Puddle? Puddle { get; init; }
}

public sealed class Puddle
{
    public int Depth;
}

public record struct Slush(int Number);
