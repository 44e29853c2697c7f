using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class WorkSetTests
{
    private readonly List<string> _runs = [];
    private EventQueue _queue = null!;

    [SetUp]
    public void SetUp()
    {
        _queue = new EventQueue();
        _runs.Clear();
    }

    [Test]
    public void Many_notes_of_one_key_give_one_reconcile()
    {
        WorkSet<string> work = Work(TimeSpan.Zero);
        work.Note("web");
        work.Note("web");
        work.Count.Should().Be(1);

        _queue.RunDue().Should().Be(1);

        _runs.Should().Equal("00:00:00 web");
        work.Count.Should().Be(0);
    }

    [Test]
    public void Keys_are_taken_in_ordinal_order_in_any_culture()
    {
        WorkSet<string> work = Work(TimeSpan.Zero);
        foreach (string key in new[] { "a_b", "B", "a-b", "a" })
        {
            work.Note(key);
        }

        _queue.RunDue();

        _runs.Should().Equal("00:00:00 B", "00:00:00 a", "00:00:00 a-b", "00:00:00 a_b");
    }

    [Test]
    public void Another_order_can_be_asked_for()
    {
        var seen = new List<int>();
        var work = new WorkSet<int>(_queue, TimeSpan.Zero, seen.Add, Comparer<int>.Create((x, y) => y.CompareTo(x)));
        work.Note(1);
        work.Note(3);
        work.Note(2);

        _queue.RunDue();

        seen.Should().Equal(3, 2, 1);
    }

    [Test]
    public void Notes_before_the_run_join_it_and_do_not_put_it_off()
    {
        WorkSet<string> work = Work(Seconds(10));
        work.Note("b");
        _queue.AdvanceTo(Seconds(9));
        work.Note("a");

        _queue.AdvanceTo(Seconds(30));

        _runs.Should().Equal("00:00:10 a", "00:00:10 b");
    }

    [Test]
    public void A_key_noted_during_the_run_goes_to_a_new_run()
    {
        WorkSet<string>? work = null;
        work = Work(Seconds(1), key =>
        {
            if (_queue.Now == Seconds(1))
            {
                work!.Note("a");
            }
        });
        work.Note("a");
        work.Note("b");

        _queue.RunUntilIdle();

        _runs.Should().Equal("00:00:01 a", "00:00:01 b", "00:00:02 a");
    }

    [Test]
    public void A_key_noted_for_later_runs_then_beside_a_note_for_now()
    {
        WorkSet<string> work = Work(TimeSpan.Zero);
        work.NoteAfter("a", Seconds(5));
        work.Note("a");

        _queue.RunUntilIdle();

        _runs.Should().Equal("00:00:00 a", "00:00:05 a");
    }

    [Test]
    public void Of_several_notes_for_later_the_earliest_counts()
    {
        WorkSet<string> work = Work(TimeSpan.Zero);
        work.NoteAfter("a", Seconds(5));
        work.NoteAfter("a", Seconds(3));
        work.NoteAfter("a", Seconds(4));
        work.Count.Should().Be(1);

        _queue.RunUntilIdle();

        _runs.Should().Equal("00:00:03 a");
    }

    [Test]
    public void Keys_that_come_due_together_share_a_run_in_order()
    {
        WorkSet<string> work = Work(Seconds(60));
        work.NoteAfter("b", Seconds(5));
        work.NoteAfter("a", Seconds(5));

        _queue.AdvanceTo(Seconds(5));

        _runs.Should().Equal("00:00:05 a", "00:00:05 b");
    }

    [Test]
    public void After_an_exception_the_keys_behind_it_still_run()
    {
        bool fail = true;
        WorkSet<string> work = Work(Seconds(1), key =>
        {
            if (key == "b" && fail)
            {
                throw new FormatException(key);
            }
        });
        work.Note("a");
        work.Note("b");
        work.Note("c");

        _queue.Invoking(q => q.RunUntilIdle()).Should().Throw<FormatException>();
        fail = false;
        _queue.RunUntilIdle();

        _runs.Should().Equal("00:00:01 a", "00:00:01 b", "00:00:01 c");
    }

    [Test]
    public void A_negative_delay_is_refused() =>
        FluentActions.Invoking(() => Work(Seconds(-1))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("delay");

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private WorkSet<string> Work(TimeSpan delay, Action<string>? then = null) => new(_queue, delay, key =>
    {
        _runs.Add($"{_queue.Now:c} {key}");
        then?.Invoke(key);
    });
}
