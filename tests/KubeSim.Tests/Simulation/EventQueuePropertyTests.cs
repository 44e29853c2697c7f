using CsCheck;
using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class EventQueuePropertyTests
{
    [Test]
    public void Any_mix_of_scheduling_and_cancelling_runs_like_a_sorted_list() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[-3, 3]).Array[0, 400].Sample(plan =>
        {
            var queue = new EventQueue();
            var ran = new List<int>();
            var expected = new List<(int Due, int Id)>();
            var handles = new List<EventHandle>();
            for (int i = 0; i < plan.Length; i++)
            {
                (int due, int kind) = plan[i];
                if (kind < 0 && handles.Count > 0)
                {
                    int victim = due * 7919 % handles.Count;
                    queue.Cancel(handles[victim]).Should().Be(expected.RemoveAll(e => e.Id == victim) == 1);
                    continue;
                }

                int id = handles.Count;
                expected.Add((due, id));
                handles.Add(queue.Schedule(TimeSpan.FromTicks(due), _ => ran.Add(id)));
            }

            queue.Count.Should().Be(expected.Count);
            queue.RunUntilIdle();
            ran.Should().Equal(expected.OrderBy(e => e.Due).ThenBy(e => e.Id).Select(e => e.Id));
        });

    [Test]
    public void The_order_survives_the_end_of_the_sequence_numbers()
    {
        var queue = new EventQueue((1UL << 40) - 5);
        var ran = new List<int>();
        for (int i = 0; i < 20; i++)
        {
            int id = i;
            queue.Schedule(TimeSpan.FromSeconds(i % 2), _ => ran.Add(id));
        }

        queue.RunUntilIdle();

        ran.Should().Equal(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19);
    }
}
