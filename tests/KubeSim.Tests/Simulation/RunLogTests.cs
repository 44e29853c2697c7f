using System.Globalization;
using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class RunLogTests
{
    private static readonly DateTime Day = new(2026, 4, 5, 6, 7, 8, DateTimeKind.Utc);

    private enum Verdict : sbyte
    {
        Drop = -1,
        Accept = 1,
    }

    [Test]
    public void The_same_writes_give_the_same_fingerprint()
    {
        static void Write(RunLog log)
        {
            log.Write("a", $"one {1} {"x"}");
            log.Write("b", 2);
        }

        Fingerprint(Write).Should().Be(Fingerprint(Write)).And.MatchRegex("^[0-9a-f]{16}$");
    }

    [Test]
    public void The_fingerprint_is_golden() => Fingerprint(log =>
    {
        log.Write("kube-proxy/node-1", $"synced {3} services in {TimeSpan.FromMilliseconds(1.5)}");
        log.Write("packet", 7);
    }).Should().Be("870f5da60f21f263");

    [Test]
    public void The_order_the_component_the_time_and_each_piece_matter()
    {
        string[] fingerprints =
        [
            Fingerprint(_ => { }),
            Fingerprint(log => { log.Write("a", $"x"); log.Write("b", $"y"); }),
            Fingerprint(log => { log.Write("b", $"y"); log.Write("a", $"x"); }),
            Fingerprint(log => { log.Write("b", $"x"); log.Write("a", $"y"); }),
            Fingerprint(log => { log.Write("a", $"x"); log.Write("b", $"z"); }),
            Fingerprint(log => { log.Write("a", $"{1}{23}"); }),
            Fingerprint(log => { log.Write("a", $"{12}{3}"); }),
            Fingerprint(log => { log.Write("a1", $"{23}"); }),
            Fingerprint(log => { log.Write("a", 1); }),
            Fingerprint(log => { log.Write("a", 2); }),
            Fingerprint(log => { log.Write("a", $"{Verdict.Drop}"); }),
            Fingerprint(log => { log.Write("a", $"{Verdict.Accept}"); }),
            Fingerprint(log => { log.Write("a", $"{true}"); }),
            Fingerprint(log => { log.Write("a", $"{false}"); }),
            Fingerprint(log => { log.Write("a", $"{new Uri("http://a/")}"); }),
            Fingerprint(log => { log.Write("a", $"{new Uri("http://b/")}"); }),
            Fingerprint(log => { log.Write("a", $"x"); }, at: TimeSpan.FromTicks(1)),
            Fingerprint(log => { log.Write("a", $"x"); }, at: TimeSpan.FromTicks(2)),
        ];

        fingerprints.Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void An_observer_sees_the_interpolated_text_with_time_and_component()
    {
        var queue = new EventQueue();
        queue.AdvanceTo(TimeSpan.FromSeconds(2));
        var log = new RunLog(queue);
        var seen = new List<ClusterEvent>();
        log.Events.Subscribe(seen.Add);
        string? nothing = null;

        log.Write("c", $"{"name",-6}|{5,4}|{255:x4}|{Verdict.Drop,6}|{true}|{nothing}|{'q'}|{"span".AsSpan()}|{new Uri("http://a/")}");
        log.Write("c", 5);

        seen.Should().Equal(new ClusterEvent(TimeSpan.FromSeconds(2), "c", "name  |   5|00ff|  Drop|True||q|span|http://a/"));
        log.Count.Should().Be(2, "numbers are recorded, but are not lines");
    }

    [Test]
    public void Observing_does_not_change_the_fingerprint()
    {
        static void Write(RunLog log) => log.Write("a", $"{1.5} {Verdict.Drop} {"x",4} {new string('y', 500)} {Day}");
        string unobserved = Fingerprint(Write);

        string observed = Fingerprint(log =>
        {
            using IDisposable subscription = log.Events.Subscribe(_ => { });
            Write(log);
        });

        observed.Should().Be(unobserved);
    }

    [Test]
    public void The_culture_changes_neither_text_nor_fingerprint([Values("tr-TR", "de-DE", "ar-SA")] string name)
    {
        static (string Fingerprint, string Text) Run()
        {
            string text = "";
            string fingerprint = Fingerprint(log =>
            {
                log.Events.Subscribe(e => text = e.Message);
                log.Write("a", $"{1234.5} {-7} {Day} {Day:D} {12345:N0} {Verdict.Drop} {TimeSpan.FromSeconds(1.5):g} {"ı"}");
            });
            return (fingerprint, text);
        }

        (string, string) expected = WithCulture(CultureInfo.InvariantCulture, Run);

        WithCulture(CultureInfo.GetCultureInfo(name), Run).Should().Be(expected);
        expected.Item2.Should().StartWith("1234.5 -7 04/05/2026 06:07:08");
    }

    [Test]
    public void A_line_written_while_another_is_put_together_comes_first()
    {
        var log = new RunLog(new EventQueue());
        var seen = new List<string>();
        log.Events.Subscribe(e => seen.Add(e.Message));
        int Nested()
        {
            log.Write("inner", $"inner");
            return 1;
        }

        log.Write("outer", $"outer {Nested()}");

        seen.Should().Equal("inner", "outer 1");
    }

    private static string Fingerprint(Action<RunLog> write, TimeSpan at = default)
    {
        var queue = new EventQueue();
        queue.AdvanceTo(at);
        var log = new RunLog(queue);
        write(log);
        return log.Fingerprint();
    }

    private static T WithCulture<T>(CultureInfo culture, Func<T> action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
