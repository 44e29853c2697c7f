using System.Globalization;

namespace KubeSim.Benchmarks.Targets;

/// <summary>Creating Pods while somebody watches, and handing changes to many who watch.</summary>
internal static class ApiServerTargets
{
    private const double LeastCreatesPerSecond = 100_000;
    private const double MostOfSubject = 2;

    public static IEnumerable<TargetLine> Measure()
    {
        var writes = new ApiServerWriteBenchmarks();
        writes.MakePods();
        double[] times = Targets.Measure.Nanoseconds(
            new(() => writes.DictionaryInsert(), ApiServerWriteBenchmarks.Pods), new(() => writes.Create(), ApiServerWriteBenchmarks.Pods));
        double perSecond = 1e9 / times[1];
        yield return new(
            "API server creates, 3-label Pods, one watcher",
            string.Create(CultureInfo.InvariantCulture, $"{perSecond:N0}/s, {times[1] / times[0]:F0}x a Dictionary insert ({times[0]:F0} ns)"),
            ">= 100,000/s",
            perSecond >= LeastCreatesPerSecond);

        var watch = new WatchFanOutBenchmarks { Watchers = 100 };
        watch.Subscribe();
        long before = watch.SeenByTable;
        watch.Delivery();
        bool isComplete = watch.SeenByTable - before == (long)watch.Watchers * WatchFanOutBenchmarks.Changes;
        times = Targets.Measure.Nanoseconds(new(watch.RxSubject, WatchFanOutBenchmarks.Changes), new(watch.Delivery, WatchFanOutBenchmarks.Changes));
        double ratio = times[1] / times[0];
        yield return new(
            "100 watchers x 10,000 events",
            string.Create(CultureInfo.InvariantCulture, $"{(isComplete ? "none" : "some")} lost, {ratio:F2}x Subject<T> ({times[1]:F0} ns against {times[0]:F0} ns an event)"),
            "none lost, <= 2x Subject<T>",
            isComplete && ratio <= MostOfSubject);
    }
}
