using System.Reactive.Concurrency;
using BenchmarkDotNet.Attributes;
using KubeSim.Simulation;

namespace KubeSim.Benchmarks;

/// <summary>
/// A steady number of pending timers: each event that runs schedules the next one at a random later time. Times and
/// allocations are per event, scheduled and run.
/// </summary>
[MemoryDiagnoser]
public class EventQueueBenchmarks
{
    private const int Pending = 10_000;
    private const int Events = 100_000;
    private const int LongestDelayTicks = 1_000_000;

    private readonly Action<object?> _nothing = static _ => { };
    private readonly EventHandle[] _handles = new EventHandle[Pending];
    private EventQueue _queue = null!;
    private EventQueue _changed = null!;
    private HistoricalScheduler _scheduler = null!;
    private DeterministicRandom _random = null!;
    private Action<object?> _again = null!;
    private Func<IScheduler, int, IDisposable> _againOnScheduler = null!;
    private int _left;

    /// <summary>Fills each queue with its pending timers.</summary>
    [GlobalSetup]
    public void FillQueues()
    {
        _random = new DeterministicRandom(1);
        _queue = new EventQueue();
        _again = _ => _queue.Schedule(_queue.Now + Delay(), _again);
        _changed = new EventQueue();
        _scheduler = new HistoricalScheduler(DateTimeOffset.UnixEpoch);
        _againOnScheduler = (scheduler, state) =>
        {
            if (--_left == 0)
            {
                _scheduler.Stop();
            }

            return scheduler.Schedule(state, Delay(), _againOnScheduler);
        };

        for (int i = 0; i < Pending; i++)
        {
            _queue.Schedule(Delay(), _again);
            _handles[i] = _changed.Schedule(Delay(), _nothing);
            _scheduler.Schedule(0, Delay(), _againOnScheduler);
        }
    }

    /// <summary>System.Reactive's virtual scheduler.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public void RxScheduleAndRun()
    {
        _left = Events;
        _scheduler.Start();
    }

    /// <summary>The same on our queue.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public void ScheduleAndRun()
    {
        for (int i = 0; i < Events; i++)
        {
            _queue.Step();
        }
    }

    /// <summary>A timer that is set anew before it is due, as a time-out that traffic refreshes.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public void CancelAndSchedule()
    {
        for (int i = 0; i < Events; i++)
        {
            ref EventHandle handle = ref _handles[_random.NextInt32(Pending)];
            _changed.Cancel(handle);
            handle = _changed.Schedule(_changed.Now + Delay(), _nothing);
        }
    }

    private TimeSpan Delay() => new(1 + _random.NextInt32(LongestDelayTicks));
}
