using System.Reactive;
using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class BroadcastTests
{
    private readonly List<string> _seen = [];
    private Broadcast<int> _broadcast = null!;

    [SetUp]
    public void SetUp()
    {
        _broadcast = new Broadcast<int>();
        _seen.Clear();
    }

    [Test]
    public void Everybody_sees_what_is_published_inside_a_handler_in_the_same_order()
    {
        _broadcast.Subscribe(item =>
        {
            _seen.Add($"a{item}");
            if (item < 3)
            {
                _broadcast.Publish(item + 1);
            }
        });
        _broadcast.Subscribe(item => _seen.Add($"b{item}"));

        _broadcast.Publish(1);

        _seen.Should().Equal("a1", "b1", "a2", "b2", "a3", "b3");
    }

    [Test]
    public void An_exception_leaves_publish_hides_the_item_from_later_observers_and_drops_what_was_queued()
    {
        var failure = new FormatException();
        bool fail = true;
        _broadcast.Subscribe(item =>
        {
            if (item == 1)
            {
                _broadcast.Publish(2);
            }
        });
        _broadcast.Subscribe(_ =>
        {
            if (fail)
            {
                throw failure;
            }
        });
        _broadcast.Subscribe(item => _seen.Add($"c{item}"));

        _broadcast.Invoking(b => b.Publish(1)).Should().Throw<FormatException>().Which.Should().BeSameAs(failure);
        _seen.Should().BeEmpty();

        fail = false;
        _broadcast.Publish(7);
        _seen.Should().Equal(["c7"], "it is not stuck, and the item queued before the failure is gone");
    }

    [Test]
    public void Who_subscribes_during_a_delivery_gets_only_what_is_published_afterwards()
    {
        bool subscribed = false;
        _broadcast.Subscribe(item =>
        {
            if (item == 1)
            {
                _broadcast.Publish(2);
            }
        });
        _broadcast.Subscribe(item =>
        {
            if (!subscribed)
            {
                subscribed = true;
                _broadcast.Subscribe(i => _seen.Add($"late{i}"));
                _broadcast.Publish(3);
            }
        });

        _broadcast.Publish(1);

        _seen.Should().Equal("late3");
    }

    [Test]
    public void Who_is_disposed_during_a_delivery_gets_nothing_more()
    {
        IDisposable? second = null;
        _broadcast.Subscribe(_ => second!.Dispose());
        second = _broadcast.Subscribe(item => _seen.Add($"second{item}"));
        _broadcast.Subscribe(item => _seen.Add($"third{item}"));

        _broadcast.Publish(1);

        _seen.Should().Equal("third1");
    }

    [Test]
    public void An_observer_can_dispose_itself_and_queued_items_do_not_reach_it()
    {
        IDisposable? self = null;
        self = _broadcast.Subscribe(item =>
        {
            _seen.Add($"{item}");
            _broadcast.Publish(item + 1);
            self!.Dispose();
        });

        _broadcast.Publish(1);

        _seen.Should().Equal("1");
        _broadcast.HasObservers.Should().BeFalse();
        self.Invoking(s => s.Dispose()).Should().NotThrow("disposing twice is silent");
    }

    [Test]
    public void The_same_observer_subscribed_twice_is_called_twice_until_one_is_disposed()
    {
        Action<int> handler = item => _seen.Add($"{item}");
        IDisposable first = _broadcast.Subscribe(handler);
        _broadcast.Subscribe(handler);
        _broadcast.Publish(1);

        first.Dispose();
        _broadcast.Publish(2);

        _seen.Should().Equal("1", "1", "2");
    }

    [Test]
    public void Completing_reaches_observers_behind_the_queued_items_and_ends_the_stream()
    {
        _broadcast.Subscribe(item =>
        {
            if (item == 1)
            {
                _broadcast.Publish(2);
                _broadcast.Complete();
                _broadcast.Publish(3);
            }
        });
        _broadcast.Subscribe(Observer.Create<int>(item => _seen.Add($"{item}"), () => _seen.Add("end")));

        _broadcast.Publish(1);
        _broadcast.Complete();
        _broadcast.Publish(4);

        _seen.Should().Equal("1", "2", "end");
        _broadcast.HasObservers.Should().BeFalse();
    }

    [Test]
    public void Who_subscribes_after_the_end_is_told_so_at_once()
    {
        _broadcast.Complete();

        _broadcast.Subscribe(Observer.Create<int>(_ => { }, () => _seen.Add("end")));

        _seen.Should().Equal("end");
    }

    [Test]
    public void What_is_published_meanwhile_waits_behind_the_first_items_of_a_subscriber()
    {
        _broadcast.Subscribe([1, 2], item =>
        {
            _seen.Add($"a{item}");
            if (item == 1)
            {
                _broadcast.Publish(3);
            }
        }, () => _seen.Add("done"));
        _broadcast.Publish(4);
        _broadcast.Complete();

        _seen.Should().Equal("a1", "a2", "a3", "a4", "done");
    }

    [Test]
    public void A_subscriber_that_throws_at_its_first_items_is_not_subscribed()
    {
        Action subscribe = () => _broadcast.Subscribe([1], _ => throw new FormatException(), () => { });

        subscribe.Should().Throw<FormatException>();
        _broadcast.HasObservers.Should().BeFalse();
    }
}
