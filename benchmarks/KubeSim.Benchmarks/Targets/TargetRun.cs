namespace KubeSim.Benchmarks.Targets;

/// <summary>Measures every target, prints a line for each, and says with the exit code whether all hold.</summary>
internal static class TargetRun
{
    private static readonly Func<IEnumerable<TargetLine>>[] All =
    [
        RoutingTargets.Measure,
        RuleTargets.Measure,
        EventQueueTargets.Measure,
        ApiServerTargets.Measure,
        EndpointFlipTargets.Measure,
        BigClusterTargets.Measure,
        ClusterStartTargets.Measure,
    ];

    public static int Run(string? only)
    {
        bool allHold = true;
        foreach (Func<IEnumerable<TargetLine>> target in All.Where(t => only is null || t.Method.DeclaringType!.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (TargetLine line in target())
            {
                Console.WriteLine(line);
                allHold &= line.Holds;
            }
        }

        return allHold ? 0 : 1;
    }
}
