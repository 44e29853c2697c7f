using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Simulation;

namespace KubeSim.Kubelet;

/// <summary>
/// A node's kubelet. A Pod that is bound to the node gets addresses, a place in the network and a status: running and ready. A Pod that is
/// deleted stays as it is until its containers have stopped; then it leaves the network and its object is removed.
/// </summary>
/// <source>kubernetes v1.36, pkg/kubelet</source>
internal sealed class KubeletAgent : IDisposable
{
    private readonly string _nodeName;
    private readonly string _component;
    private readonly KubeApiServer _server;
    private readonly Network _network;
    private readonly EventQueue _queue;
    private readonly RunLog _log;
    private readonly TimeSpan _watchDelay;
    private readonly TimeSpan _startDelay;
    private readonly PodStatusReconciler _statuses = new();
    private readonly Dictionary<NamespacedName, PodSandbox> _pods = [];
    private readonly SortedSet<NamespacedName> _withoutAddress = [];
    private readonly WorkSet<NamespacedName> _work;
    private MachineAddresses? _machine;
    private IDisposable? _subscription;

    /// <param name="nodeName">The node it runs on; registered, and in the network, before the first Pod is bound to it.</param>
    /// <param name="server">Where Pods come from and their status goes.</param>
    /// <param name="network">Where Pods are attached.</param>
    /// <param name="queue">Virtual time.</param>
    /// <param name="log">Gets a line for each Pod that starts or stops.</param>
    /// <param name="watchDelay">From a change of a Pod to the kubelet's learning of it.</param>
    /// <param name="startDelay">From learning of a Pod to its containers running, image and all.</param>
    public KubeletAgent(string nodeName, KubeApiServer server, Network network, EventQueue queue, RunLog log, TimeSpan watchDelay, TimeSpan startDelay)
    {
        _nodeName = nodeName;
        _component = $"kubelet/{nodeName}";
        _server = server;
        _network = network;
        _queue = queue;
        _log = log;
        _watchDelay = watchDelay;
        _startDelay = startDelay;
        _work = new WorkSet<NamespacedName>(queue, TimeSpan.Zero, Reconcile);
        Start();
    }

    /// <summary>What a program takes from SIGTERM to its end; cut off when the Pod's grace period is over.</summary>
    /// <value>Zero or more; zero by default: it ends at once.</value>
    public TimeSpan TerminationDelay { get; init; }

    private MachineAddresses Machine => _machine ??= new MachineAddresses(_server.Find<Node>(new NamespacedName("", _nodeName)));

    /// <summary>The place in the network of a Pod of this node; null while its containers do not run.</summary>
    public PodAttachment? AttachmentOf(NamespacedName pod) => _pods.GetValueOrDefault(pod)?.Attachment;

    /// <summary>Begins to work; takes over what runs on the node according to the server.</summary>
    public void Start() => _subscription ??= _server.Subscribe<Pod>(OnPod, new WatchScope { Delay = _watchDelay, NodeName = _nodeName });

    /// <summary>The kubelet and all containers are gone, as when the machine loses its power: nothing is written.</summary>
    public void Stop()
    {
        _subscription?.Dispose();
        _subscription = null;
        foreach (NamespacedName name in _pods.Keys.Order())
        {
            _pods[name].Attachment?.Dispose();
        }

        _pods.Clear();
        _withoutAddress.Clear();
        _machine = null;
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _subscription = null;
    }

    private void OnPod(ObjectChange<Pod> change)
    {
        NamespacedName name = change.Object.Name;
        if (!_pods.TryGetValue(name, out PodSandbox? sandbox))
        {
            _pods.Add(name, sandbox = new PodSandbox());
            sandbox.Assign(change.Object.Metadata.Uid);
            if (change.Object.Status.Phase == PodPhase.Running)
            {
                // It ran before this kubelet did: it keeps its addresses, so they are taken before anybody new gets one.
                sandbox.Addresses = Machine.Pool.Adopt(change.Object.Status.PodIPs);
            }
        }

        sandbox.Pod = change.Type == WatchEventType.Deleted ? null : change.Object;
        _work.Note(name);
    }

    private void Reconcile(NamespacedName name)
    {
        if (!_pods.TryGetValue(name, out PodSandbox? sandbox))
        {
            return;
        }

        Pod? pod = sandbox.Pod;
        if (pod is null || pod.Metadata.Uid != sandbox.Uid)
        {
            TearDown(name, sandbox);
            sandbox.Assign(pod?.Metadata.Uid);
        }

        if (pod is null)
        {
            _pods.Remove(name);
        }
        else if (pod.Metadata.DeletionTimestamp is not null)
        {
            Terminate(name, pod, sandbox);
        }
        else if (pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            TearDown(name, sandbox);
        }
        else if (sandbox.Attachment is null)
        {
            SetUp(name, pod, sandbox);
        }
        else if (!pod.Spec.ReadinessGates.IsEmpty && Current(name, sandbox) is { } current)
        {
            Write(current, PodStatusReconciler.WithConditions(current, current.Status, true, _server.Clock.GetUtcNow()));
        }
    }

    private void SetUp(NamespacedName name, Pod pod, PodSandbox sandbox)
    {
        if (Current(name, sandbox) is not { Metadata.DeletionTimestamp: null } current)
        {
            return;
        }

        DateTimeOffset now = _server.Clock.GetUtcNow();
        bool isHostNetwork = pod.Spec.HostNetwork == true;
        if (current.Status.Phase == PodPhase.Running && (isHostNetwork || !sandbox.Addresses.IsEmpty))
        {
            Attach(name, pod, sandbox, isHostNetwork ? Machine.Addresses : sandbox.Addresses);
            return;
        }

        sandbox.StartsAt ??= _queue.After(_startDelay);
        if (sandbox.StartsAt > _queue.Now)
        {
            Write(current, _statuses.Waiting(current, Machine.HostIPs, now));
            _work.NoteAfter(name, sandbox.StartsAt.Value - _queue.Now);
            return;
        }

        EquatableArray<IpAddress> addresses = isHostNetwork ? Machine.Addresses : sandbox.Addresses = Machine.Pool.Allocate();
        if (addresses.IsEmpty)
        {
            WaitForAddress(name, current, now);
            return;
        }

        _withoutAddress.Remove(name);
        Attach(name, pod, sandbox, addresses);
        Write(current, _statuses.Running(current, isHostNetwork ? Machine.HostIPs : PodIPs(addresses), Machine.HostIPs, now));
        _log.Write(_component, $"started {sandbox.Attachment!.PodName} with {addresses[0]}");
    }

    private void Attach(NamespacedName name, Pod pod, PodSandbox sandbox, EquatableArray<IpAddress> addresses)
    {
        NetworkNode node = _network.FindNode(_nodeName) ?? throw new SimulationBugException($"The node {_nodeName} has a kubelet and is not in the network.");
        EquatableArray<ListeningPort> ports = PodPorts.Of(pod.Spec);
        sandbox.Attachment = _network.Attach(node, name.ToString(), addresses, pod.Spec.HostNetwork == true, ports, ports.IsEmpty);
    }

    private void WaitForAddress(NamespacedName name, Pod current, DateTimeOffset now)
    {
        Write(current, _statuses.Waiting(current, Machine.HostIPs, now));
        if (_withoutAddress.Add(name))
        {
            _log.Write(_component, $"FailedCreatePodSandBox {name.Namespace}/{name.Name}: {Machine.Pool.WhyNone()}");
        }
    }

    private void Terminate(NamespacedName name, Pod pod, PodSandbox sandbox)
    {
        TimeSpan stopsAt = sandbox.Attachment is null ? _queue.Now : _queue.After(PodTermination.StopsAfter(pod, TerminationDelay));
        sandbox.StopsAt = sandbox.StopsAt is { } earlier && earlier < stopsAt ? earlier : stopsAt;
        if (sandbox.StopsAt > _queue.Now)
        {
            _work.NoteAfter(name, sandbox.StopsAt.Value - _queue.Now);
            return;
        }

        TearDown(name, sandbox);
        if (sandbox.HasEnded || Current(name, sandbox) is not { } current)
        {
            return;
        }

        sandbox.HasEnded = true;
        if (!current.Metadata.Finalizers.IsEmpty)
        {
            // Somebody holds the object; it is to say what has become of its containers.
            Write(current, PodStatusReconciler.Stopped(current, _server.Clock.GetUtcNow()));
        }

        _server.Delete<Pod>(name, new DeleteOptions { GracePeriodSeconds = 0, Uid = sandbox.Uid });
    }

    private void TearDown(NamespacedName name, PodSandbox sandbox)
    {
        _withoutAddress.Remove(name);
        if (sandbox.Attachment is not null)
        {
            _log.Write(_component, $"stopped {sandbox.Attachment.PodName}");
            sandbox.Attachment.Dispose();
            sandbox.Attachment = null;
        }

        if (!sandbox.Addresses.IsEmpty)
        {
            Machine.Pool.Release(sandbox.Addresses);
            sandbox.Addresses = default;
            if (_withoutAddress.Count > 0)
            {
                _work.Note(_withoutAddress.Min);
            }
        }
    }

    /// <summary>The Pod as the server has it now, when it is still the one of the sandbox.</summary>
    private Pod? Current(NamespacedName name, PodSandbox sandbox) =>
        _server.Find<Pod>(name) is { } current && current.Metadata.Uid == sandbox.Uid ? current : null;

    private void Write(Pod current, PodStatus status)
    {
        if (status != current.Status)
        {
            _server.ReplaceStatus(current with { Status = status });
        }
    }

    private static EquatableArray<PodAddress> PodIPs(EquatableArray<IpAddress> addresses)
    {
        var podIPs = new PodAddress[addresses.Length];
        for (int i = 0; i < podIPs.Length; i++)
        {
            podIPs[i] = new PodAddress { IP = addresses[i].ToString(null, CultureInfo.InvariantCulture) };
        }

        return new(podIPs);
    }
}
