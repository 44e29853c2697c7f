using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class SimulationAllocationTests
{
    private const int Rounds = 1_000;
    private const int Batches = 2_000;

    [Test]
    public void A_grown_event_queue_schedules_runs_and_cancels_without_allocating()
    {
        var queue = new EventQueue();
        Action<object?> nothing = static _ => { };

        AllocatedBy(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                queue.Schedule(queue.Now + TimeSpan.FromSeconds(i), nothing);
                queue.Cancel(queue.Schedule(queue.Now + TimeSpan.FromSeconds(i), nothing));
            }

            queue.RunUntilIdle();
        }).Should().Be(0);
    }

    [Test]
    public void Ten_thousand_pending_events_keep_at_most_64_bytes_each()
    {
        const int pending = 10_000;
        Action<object?> nothing = static _ => { };
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var queue = new EventQueue();
        for (int i = 0; i < pending; i++)
        {
            queue.Schedule(TimeSpan.FromTicks(i), nothing);
        }

        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(queue);

        kept.Should().BeLessThanOrEqualTo(64 * pending);
    }

    [Test]
    public void A_broadcast_delivers_without_allocating_also_what_is_published_meanwhile()
    {
        var broadcast = new Broadcast<int>();
        long sum = 0;
        broadcast.Subscribe(item =>
        {
            if (item < 3)
            {
                broadcast.Publish(item + 1);
            }
        });
        broadcast.Subscribe(item => sum += item);

        AllocatedBy(() => broadcast.Publish(0)).Should().Be(0);
        sum.Should().BePositive();
    }

    [Test]
    public void An_unobserved_run_log_hashes_every_kind_of_piece_without_allocating()
    {
        var log = new RunLog(new EventQueue());
        string name = "web";
        int count = 3;

        AllocatedBy(() =>
        {
            log.Write("kube-proxy/node-1", $"synced {count} of {name,-8} at {TimeSpan.Zero:c} {1.5:F2} {true} {DayOfWeek.Monday} {'x'}");
            log.Write("packet", 42);
        }).Should().Be(0);
        log.Count.Should().BePositive();
    }

    [Test]
    public void A_work_set_runs_without_allocating_once_it_has_grown()
    {
        var queue = new EventQueue();
        int reconciled = 0;
        var work = new WorkSet<int>(queue, TimeSpan.Zero, _ => reconciled++);

        AllocatedBy(() =>
        {
            for (int key = 10; key > 0; key--)
            {
                work.Note(key);
            }

            queue.RunDue();
        }).Should().Be(0);
        reconciled.Should().BePositive();
    }

    [Test]
    public void Drawing_numbers_allocates_nothing()
    {
        var random = new DeterministicRandom(1);
        long sum = 0;

        AllocatedBy(() => sum += random.NextInt32(10) + random.NextInt64(10) + (random.NextBoolean() ? 1 : 0)).Should().Be(0);
        sum.Should().BePositive();
    }

    /// <summary>
    /// Bytes that many rounds allocate on this thread in the steady state: the least over batches, because the just-in-time
    /// compiler's first, unoptimized code boxes what its final code does not.
    /// </summary>
    private static long AllocatedBy(Action round)
    {
        long least = long.MaxValue;
        for (int batch = 0; batch < Batches && least > 0; batch++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Rounds; i++)
            {
                round();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
