using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Tests.Controllers;

/// <summary>Stands in for every node's kubelet: Pods with a node become ready after a while, deleted ones are gone after a while.</summary>
internal sealed class TestKubelet : IDisposable
{
    private readonly KubeApiServer _server;
    private readonly VirtualClock _clock;
    private readonly WorkSet<NamespacedName> _starts;
    private readonly WorkSet<NamespacedName> _ends;
    private readonly IDisposable _subscription;

    public TestKubelet(KubeApiServer server, EventQueue queue, VirtualClock clock, TimeSpan startTime, TimeSpan stopTime)
    {
        _server = server;
        _clock = clock;
        _starts = new WorkSet<NamespacedName>(queue, startTime, Start);
        _ends = new WorkSet<NamespacedName>(queue, stopTime, End);
        _subscription = server.Subscribe<Pod>(OnPod);
    }

    /// <summary>Pods of which this is true are left as they are.</summary>
    public Func<Pod, bool> NeverReady { get; set; } = _ => false;

    public void Dispose() => _subscription.Dispose();

    public static PodStatus Running(bool isReady, DateTimeOffset since) => new()
    {
        Phase = PodPhase.Running,
        Conditions = [new Condition { Type = "Ready", Status = isReady ? ConditionStatus.True : ConditionStatus.False, LastTransitionTime = since }],
    };

    private void OnPod(ObjectChange<Pod> change)
    {
        if (change.Type == WatchEventType.Deleted || string.IsNullOrEmpty(change.Object.Spec.NodeName))
        {
            return;
        }

        (change.Object.Metadata.DeletionTimestamp is null ? _starts : _ends).Note(change.Object.Name);
    }

    private void Start(NamespacedName name)
    {
        if (_server.Find<Pod>(name) is { } pod && pod.Metadata.DeletionTimestamp is null && pod.Status.Phase is null or PodPhase.Pending && !NeverReady(pod))
        {
            PodStatus status = Running(true, ObjectCreation.WholeSeconds(_clock));
            _server.ReplaceStatus(pod with { Status = status with { Conditions = [.. pod.Status.Conditions, .. status.Conditions] } });
        }
    }

    private void End(NamespacedName name)
    {
        if (_server.Find<Pod>(name) is { Metadata.DeletionTimestamp: not null } pod)
        {
            _server.Delete<Pod>(name, new DeleteOptions { GracePeriodSeconds = 0, Uid = pod.Metadata.Uid });
        }
    }
}
