using System.Diagnostics;
using System.Globalization;

namespace KubeSim.Benchmarks.Targets;

/// <summary>How long somebody waits for the first answer: in a process that has done it before, and in one that has not.</summary>
internal static class ClusterStartTargets
{
    private const int Clusters = 20;
    private const int Processes = 12;
    private const double MostMillisecondsWarm = 1;
    private const double MostMillisecondsFresh = 150;

    public static IEnumerable<TargetLine> Measure()
    {
        for (int i = 0; i < 2_000; i++) FirstConnection.Make();
        double warm = Targets.Measure.Nanoseconds(new Measure.Subject(() => { for (int i = 0; i < Clusters; i++) FirstConnection.Make(); }, Clusters))[0] / 1e6;
        yield return new(
            "new cluster, Service and three Pods to the first answered connection, warm",
            string.Create(CultureInfo.InvariantCulture, $"{warm:F2} ms"),
            "<= 1 ms",
            warm <= MostMillisecondsWarm);

        // A child process: what its user sees is the time that passes.
        double empty = double.MaxValue, fresh = double.MaxValue;
        for (int i = 0; i < Processes; i++)
        {
            empty = Math.Min(empty, Milliseconds(Program.DoNothing));
            fresh = Math.Min(fresh, Milliseconds(Program.ConnectOnce));
        }

        yield return new(
            "the same in a fresh process",
            string.Create(CultureInfo.InvariantCulture, $"{fresh - empty:F0} ms more than an empty program ({fresh:F0} ms against {empty:F0} ms)"),
            "<= 150 ms more than an empty program",
            fresh - empty <= MostMillisecondsFresh);
    }

    private static double Milliseconds(string argument)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(Environment.ProcessPath!, [.. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? (string[])[typeof(Program).Assembly.Location] : [], argument]);
        process.WaitForExit();
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return process.ExitCode == 0 ? elapsed : throw new InvalidOperationException($"The child process ended with {process.ExitCode}.");
    }
}
