using System.Globalization;

namespace KubeSim.Tests.Determinism;

/// <summary>What the test assembly does when it is run as a program: says under what culture and zone it runs, and what each scenario gave.</summary>
public static class ChildProgram
{
    public static int Main(string[] arguments)
    {
        Console.Write(Report([.. arguments.Select(seed => ulong.Parse(seed, CultureInfo.InvariantCulture))]));
        return 0;
    }

    internal static string Surroundings => $"{CultureInfo.CurrentCulture.Name} {TimeZoneInfo.Local.Id}";

    internal static string Report(ulong[] seeds) => Surroundings + "\n" + Runs(seeds);

    internal static string Runs(ulong[] seeds) =>
        string.Concat(Scenarios.All.SelectMany(scenario => seeds.Select(seed => $"{scenario.Key}, seed {seed}: {scenario.Value(seed)}\n")));
}
