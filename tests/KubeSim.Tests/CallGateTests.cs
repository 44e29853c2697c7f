using KubeSim.Api;
using KubeSim.LoadBalancing;

namespace KubeSim.Tests;

/// <summary>Who may call a cluster and when, and what a fault leaves behind.</summary>
public sealed class CallGateTests
{
    [Test]
    public void A_call_from_another_thread_while_one_is_inside_is_refused()
    {
        using var cluster = Cluster.Create();
        Exception? refusal = null;
        cluster.At(TimeSpan.FromSeconds(1), () =>
        {
            var other = new Thread(() => refusal = Record(() => cluster.RunPod("web")));
            other.Start();
            other.Join();
        });

        cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        refusal.Should().BeOfType<InvalidOperationException>().Which.Message.Should().Contain("one thread at a time");
        cluster.Api.Find<Pod>("web").Should().BeNull();
    }

    [Test]
    public void One_thread_after_the_other_may_call()
    {
        using var cluster = Cluster.Create();
        var other = new Thread(() => cluster.RunPod("web"));
        other.Start();
        other.Join();

        cluster.Pod("web").Ready.Should().BeTrue();
    }

    [Test]
    public void An_action_may_call_the_cluster_and_what_follows_happens_at_its_instant()
    {
        using var cluster = Cluster.Create();
        cluster.At(TimeSpan.FromSeconds(1), () => cluster.RunPod("web", port: 80));

        cluster.RunUntilIdle().Should().BePositive();

        cluster.Pod("web").Ready.Should().BeTrue();
        cluster.Clock.Elapsed.Should().Be(TimeSpan.FromSeconds(1));
    }

    [Test]
    public void Time_is_not_moved_from_inside()
    {
        using var cluster = Cluster.Create();
        Exception? refusal = null;
        cluster.At(TimeSpan.Zero, () => refusal = Record(() => cluster.Clock.Advance(TimeSpan.FromSeconds(1))));

        cluster.RunUntilIdle();

        refusal.Should().BeOfType<InvalidOperationException>().Which.Message.Should().Contain("inside an event");
        cluster.RunPod("web").Ready.Should().BeTrue("a refusal that was caught is no fault");
    }

    [Test]
    public void An_exception_of_an_action_leaves_the_call_that_drove_it_and_faults_the_cluster()
    {
        using var cluster = Cluster.Create();
        var own = new NotSupportedException("mine");
        cluster.At(TimeSpan.FromSeconds(1), () => throw own);

        FluentActions.Invoking(() => cluster.Clock.Advance(TimeSpan.FromSeconds(2))).Should().Throw<NotSupportedException>().Which.Should().BeSameAs(own);

        FluentActions.Invoking(() => cluster.RunPod("web")).Should().Throw<InvalidOperationException>().WithMessage("The cluster is faulted*").Which.InnerException.Should().BeSameAs(own);
    }

    [Test]
    public void An_exception_of_a_watcher_leaves_the_call_that_caused_the_event()
    {
        using var cluster = Cluster.Create();
        using IDisposable watch = cluster.Api.Watch<Pod>().Subscribe(_ => throw new NotSupportedException("mine"));

        FluentActions.Invoking(() => cluster.RunPod("web")).Should().Throw<NotSupportedException>().WithMessage("mine");
        FluentActions.Invoking(() => cluster.Fingerprint()).Should().Throw<InvalidOperationException>().WithMessage("The cluster is faulted*");
    }

    [Test]
    public void A_periodic_timer_never_lets_the_cluster_get_idle_which_is_said_and_is_no_fault()
    {
        using var cluster = Cluster.Create();
        using ITimer timer = cluster.Clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        FluentActions.Invoking(() => cluster.RunUntilIdle()).Should().Throw<InvalidOperationException>().WithMessage("*not idle after 1000000 events*schedules itself again and again*");

        cluster.RunPod("web").Ready.Should().BeTrue();
        timer.Dispose();
        cluster.RunUntilIdle();
    }

    [Test]
    public void An_exception_of_a_load_balancer_leaves_the_call_and_faults_the_cluster()
    {
        var own = new NotSupportedException("mine");
        using var cluster = Cluster.Create(new ClusterOptions { LoadBalancer = LoadBalancerPolicy.Ipvs("rr", _ => throw own) });
        PodHandle web = cluster.RunPod("web", port: 80);
        cluster.Expose("pod/web");
        cluster.RunPod("other", port: 80, labels: "run=web");

        FluentActions.Invoking(() => web.Connect("web:80")).Should().Throw<NotSupportedException>().Which.Should().BeSameAs(own);
        FluentActions.Invoking(() => cluster.RunPod("x")).Should().Throw<InvalidOperationException>().WithMessage("The cluster is faulted*").Which.InnerException.Should().BeSameAs(own);
    }

    [Test]
    public void A_refusal_is_no_fault()
    {
        using var cluster = Cluster.Create();

        FluentActions.Invoking(() => cluster.Pod("nobody")).Should().Throw<ApiException>();

        cluster.RunPod("web").Ready.Should().BeTrue();
    }

    [Test]
    public void After_disposal_every_call_says_so_and_watches_are_complete()
    {
        var cluster = Cluster.Create();
        PodHandle web = cluster.RunPod("web", port: 80);
        Connection open = web.Connect($"{web.Address}:80");
        bool isComplete = false;
        using IDisposable watch = cluster.Api.Watch<Pod>().Subscribe(_ => { }, () => isComplete = true);
        using IDisposable events = cluster.Events.Subscribe(_ => { });

        cluster.Dispose();
        cluster.Dispose();

        isComplete.Should().BeTrue();
        open.Dispose();
        foreach (Action call in (Action[])[() => cluster.RunPod("x"), () => web.Connect("web:80"), () => cluster.Clock.Advance(TimeSpan.Zero), () => cluster.Get("pods"), () => cluster.Step(), () => cluster.Fingerprint()])
        {
            FluentActions.Invoking(call).Should().Throw<ObjectDisposedException>();
        }
    }

    [Test]
    public void Steps_run_one_event_each_and_say_when_nothing_is_left()
    {
        using var cluster = Cluster.Create();
        var ran = new List<string>();
        cluster.RunUntilIdle();
        cluster.At(TimeSpan.FromSeconds(2), () => ran.Add("second"));
        cluster.At(TimeSpan.FromSeconds(1), () => ran.Add("first"));

        cluster.PeekNext.Should().Be(TimeSpan.FromSeconds(1));
        cluster.Step().Should().BeTrue();
        ran.Should().Equal("first");
        cluster.Clock.Elapsed.Should().Be(TimeSpan.FromSeconds(1));
        cluster.Step().Should().BeTrue();
        cluster.Step().Should().BeFalse();
        ran.Should().Equal("first", "second");
        cluster.PeekNext.Should().BeNull();
    }

    [Test]
    public void Events_tell_what_the_components_do_from_now_on()
    {
        using var cluster = Cluster.Create();
        var told = new List<string>();
        using (cluster.Events.Subscribe(happened => told.Add($"{happened.Component}: {happened.Message}")))
        {
            cluster.RunPod("web");
        }

        int count = told.Count;
        cluster.RunPod("other");

        told.Should().Contain(line => line.Contains("web", StringComparison.Ordinal)).And.HaveCount(count);
    }

    private static Exception? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (InvalidOperationException refusal)
        {
            return refusal;
        }
    }
}
