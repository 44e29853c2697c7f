using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Controllers.Scheduling;

/// <summary>
/// Gives each Pod without a node the one that has the fewest Pods of its group, among those the fewest Pods in all, among those the first by name.
/// A Pod that fits nowhere says why and is tried again when nodes change.
/// </summary>
/// <source>kubernetes v1.36, pkg/scheduler; the scores are simplified to spreading</source>
internal sealed class Scheduler : IDisposable
{
    private const string Component = "kube-scheduler";
    private const string Scheduled = "PodScheduled";

    private readonly KubeApiServer _server;
    private readonly VirtualClock _clock;
    private readonly RunLog _log;
    private readonly WorkQueue<NamespacedName> _pending;
    private readonly HashSet<NamespacedName> _unschedulable = [];
    private readonly Nodes _nodes = new();
    private readonly PodSpread _spread = new();
    private readonly IDisposable[] _subscriptions;

    public Scheduler(KubeApiServer server, EventQueue queue, VirtualClock clock, RunLog log, TimeSpan watchDelay)
    {
        _server = server;
        _clock = clock;
        _log = log;
        _pending = new WorkQueue<NamespacedName>(queue, watchDelay, Schedule);
        _subscriptions = [server.Subscribe<Node>(OnNode), server.Subscribe<Pod>(OnPod)];
    }

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions)
        {
            subscription.Dispose();
        }

        _pending.Stop();
    }

    private void OnNode(ObjectChange<Node> change)
    {
        if (_nodes.Put(change.Object.Metadata.Name, change.Type == WatchEventType.Deleted ? null : change.Object))
        {
            TryAgain();
        }
    }

    private void OnPod(ObjectChange<Pod> change)
    {
        Pod? before = change.Previous;
        Pod? now = change.Type == WatchEventType.Deleted ? null : change.Object;
        if (before is null || now is null || before.Spec.NodeName != now.Spec.NodeName
            || PodState.IsLive(before) != PodState.IsLive(now) || PodState.IsActive(before) != PodState.IsActive(now)
            || before.Metadata.OwnerReferences != now.Metadata.OwnerReferences || before.Metadata.Labels != now.Metadata.Labels)
        {
            Count(before, -1);
            Count(now, 1);
        }

        if (now is null || !IsPending(now))
        {
            _unschedulable.Remove(change.Object.Name);
        }
        else if (before is null || !ReferenceEquals(before.Spec, now.Spec))
        {
            _pending.Note(now.Name);
        }
    }

    /// <summary>Counts a Pod on its node; one that is being deleted takes room, but is no reason to put others elsewhere.</summary>
    private void Count(Pod? pod, int one)
    {
        if (pod is null || string.IsNullOrEmpty(pod.Spec.NodeName) || !PodState.IsLive(pod))
        {
            return;
        }

        NodeSlot slot = _nodes[pod.Spec.NodeName];
        bool wasFull = slot.Pods >= slot.Capacity;
        slot.Pods += one;
        if (pod.Metadata.DeletionTimestamp is null)
        {
            _spread.Count(SpreadGroup.Of(pod), slot.Index, one);
        }

        if (wasFull && slot.Pods < slot.Capacity)
        {
            TryAgain();
        }
    }

    private void TryAgain()
    {
        foreach (NamespacedName name in _unschedulable)
        {
            _pending.Note(name);
        }
    }

    /// <summary>Whether the Pod waits for this scheduler.</summary>
    private static bool IsPending(Pod pod) =>
        string.IsNullOrEmpty(pod.Spec.NodeName) && PodState.IsActive(pod)
        && pod.Spec.Carried["schedulerName"]?.Text is null or "" or "default-scheduler"
        && pod.Spec.Carried["schedulingGates"] is null or { Items.IsEmpty: true };

    private void Schedule(NamespacedName name)
    {
        if (_server.Find<Pod>(name) is not { } pod || !IsPending(pod))
        {
            return;
        }

        NodeChoice choice = _nodes.For(PlacementNeeds.Of(pod.Spec));
        if (Best(choice.Candidates, _spread.Of(SpreadGroup.Of(pod), _nodes.Indexes)) is { } slot)
        {
            _log.Write(Component, $"{name} to {slot.Name}");
            _server.Bind(name, slot.Name);
        }
        else
        {
            _unschedulable.Add(name);
            Refuse(pod, choice.Message);
        }
    }

    private static NodeSlot? Best(NodeSlot[] candidates, ReadOnlySpan<int> siblings)
    {
        NodeSlot? best = null;
        long least = long.MaxValue;
        foreach (NodeSlot slot in candidates)
        {
            long load = ((long)siblings[slot.Index] << 32) + slot.Pods;
            if (load < least && slot.Pods < slot.Capacity)
            {
                least = load;
                best = slot;
            }
        }

        return best;
    }

    private void Refuse(Pod pod, string message)
    {
        Condition? present = Conditions.Find(pod.Status.Conditions, Scheduled);
        if (present?.Status == ConditionStatus.False && present.Message == message)
        {
            return;
        }

        _log.Write(Component, $"{pod.Name} fits nowhere: {message}");
        var condition = new Condition
        {
            Type = Scheduled,
            Status = ConditionStatus.False,
            Reason = "Unschedulable",
            Message = message,
            LastTransitionTime = present?.Status == ConditionStatus.False ? present.LastTransitionTime : ObjectCreation.WholeSeconds(_clock),
        };
        _server.ReplaceStatus(pod with
        {
            Status = pod.Status with { Conditions = Conditions.Remove(pod.Status.Conditions, Scheduled).Add(condition) },
        });
    }
}
