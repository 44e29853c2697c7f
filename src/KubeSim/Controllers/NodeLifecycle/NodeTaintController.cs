using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Simulation;

namespace KubeSim.Controllers.NodeLifecycle;

/// <summary>
/// Puts the taints on nodes that their conditions ask for, and takes them off again: the part of the node life cycle that lets Pods onto a node that
/// has become ready. A node that has no condition <c>Ready</c> yet keeps what it was created with.
/// </summary>
/// <source>kubernetes v1.36, pkg/controller/nodelifecycle</source>
internal sealed class NodeTaintController : IDisposable
{
    private const string Component = "node-lifecycle-controller";

    private readonly KubeApiServer _server;
    private readonly VirtualClock _clock;
    private readonly RunLog _log;
    private readonly WorkQueue<string> _work;
    private readonly IDisposable _subscription;

    public NodeTaintController(KubeApiServer server, EventQueue queue, VirtualClock clock, RunLog log, TimeSpan watchDelay)
    {
        _server = server;
        _clock = clock;
        _log = log;
        _work = new WorkQueue<string>(queue, watchDelay, Reconcile);
        _subscription = server.Subscribe<Node>(OnNode);
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _work.Stop();
    }

    private void OnNode(ObjectChange<Node> change)
    {
        if (change.Type != WatchEventType.Deleted && NodeTaints.Wanted(change.Object, DateTimeOffset.MinValue) != change.Object.Spec.Taints)
        {
            _work.Note(change.Object.Metadata.Name);
        }
    }

    private void Reconcile(string name)
    {
        if (_server.Find<Node>(new("", name)) is not { } node || Conditions.Find(node.Status.Conditions, "Ready") is null)
        {
            return;
        }

        EquatableArray<Taint> taints = NodeTaints.Wanted(node, ObjectCreation.WholeSeconds(_clock));
        if (taints != node.Spec.Taints)
        {
            _log.Write(Component, $"{name} has {taints.Length} taints");
            _server.Replace(node with { Spec = node.Spec with { Taints = taints } });
        }
    }
}
