using System.Globalization;
using System.Reactive.Concurrency;
using KubeSim.Simulation;

namespace KubeSim.Benchmarks.Targets;

/// <summary>A steady number of pending timers: each event that runs schedules the next.</summary>
internal static class EventQueueTargets
{
    private const int Pending = 10_000;
    private const int Events = 50_000;
    private const int LongestDelayTicks = 1_000_000;

    public static IEnumerable<TargetLine> Measure()
    {
        var random = new DeterministicRandom(1);
        TimeSpan Delay() => new(1 + random.NextInt32(LongestDelayTicks));

        var queue = new EventQueue();
        Action<object?> again = null!;
        again = _ => queue.Schedule(queue.Now + Delay(), again);
        for (int i = 0; i < Pending; i++) queue.Schedule(Delay(), again);

        // Growing by copying allocates more than is kept; a queue that is kept holds what its arrays hold.
        double kept = KeptBytes() / Pending;

        int left = 0;
        var scheduler = new HistoricalScheduler(DateTimeOffset.UnixEpoch);
        Func<IScheduler, int, IDisposable> againOnScheduler = null!;
        againOnScheduler = (s, state) =>
        {
            if (--left == 0) scheduler.Stop();
            return s.Schedule(state, Delay(), againOnScheduler);
        };
        for (int i = 0; i < Pending; i++) scheduler.Schedule(0, Delay(), againOnScheduler);

        double[] times = Targets.Measure.Nanoseconds(
            new(() => { for (int i = 0; i < Events; i++) queue.Step(); }, Events),
            new(() => { left = Events; scheduler.Start(); }, Events));
        double perSecond = 1e9 / times[0];
        double ratio = times[1] / times[0];
        yield return new(
            "event queue, 10,000 pending timers",
            string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:F1} M events/s, {kept:F0} B each, {ratio:F1}x Rx VirtualTimeScheduler ({times[1]:F0} ns)"),
            ">= 4 M events/s, <= 64 B each, >= 2x Rx",
            perSecond >= 4e6 && kept <= 64 && ratio >= 2);
    }

    /// <summary>What a queue with its pending events keeps alive.</summary>
    private static double KeptBytes()
    {
        Action<object?> nothing = static _ => { };
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var queue = new EventQueue();
        for (int i = 0; i < Pending; i++) queue.Schedule(TimeSpan.FromTicks(i), nothing);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(queue);
        return after - before;
    }
}
