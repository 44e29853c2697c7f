using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Dns;
using KubeSim.Kubelet;
using KubeSim.Tracing;

namespace KubeSim;

/// <summary>A Pod to stand in: it names the Pod and finds it anew at each call.</summary>
public sealed class PodHandle : TrafficSource
{
    private readonly NamespacedName _name;

    internal PodHandle(Cluster cluster, NamespacedName name)
        : base(cluster) => _name = name;

    /// <summary>The Pod's name within its namespace.</summary>
    public override string Name => _name.Name;

    /// <summary>The Pod's namespace.</summary>
    public string Namespace => _name.Namespace;

    /// <summary>The Pod as the API server has it.</summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>: it is gone.</exception>
    public Pod Object => Cluster.Api.Get<Pod>(_name);

    /// <summary>The name of the node it runs on; null until it is scheduled.</summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>: it is gone.</exception>
    public string? Node => Object.Spec.NodeName;

    /// <summary>Whether the Pod's condition <c>Ready</c> holds. Setting it writes the status as the node's kubelet would after a probe.</summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>: it is gone.</exception>
    public bool Ready
    {
        get => PodReadiness.IsReady(Object);
        set => Cluster.Ask(() =>
        {
            PodReadiness.Write(Cluster.Server, _name, value, Cluster.Clock.GetUtcNow());
            return true;
        });
    }

    internal override string ObjectName => $"pod/{_name}";

    internal override string Place => Sender.Node!.Name;

    internal override Sender Sender => Cluster.Machines.AttachmentOf(Present)?.Sender
        ?? throw new InvalidOperationException($"The Pod {_name} cannot send: it has no address yet, its phase is {Present.Status.Phase ?? PodPhase.Pending}.");

    /// <exception cref="InvalidOperationException">It is gone.</exception>
    private Pod Present => Cluster.Server.Find<Pod>(_name) ?? throw new InvalidOperationException($"The Pod {_name} is gone.");

    /// <summary>Deletes the Pod and lets it end in its own time: it is terminating at once, and gone after the grace period or when its containers have stopped.</summary>
    /// <param name="grace">How long it has, in whole seconds of virtual time; zero: it is gone at once.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="grace"/> is negative, or longer than 2147483647 seconds.</exception>
    /// <exception cref="ApiException">404 <c>NotFound</c>: it is gone.</exception>
    public void BeginTermination(TimeSpan grace)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(grace, TimeSpan.FromSeconds(int.MaxValue));
        Cluster.Api.Delete<Pod>(_name, new DeleteOptions { GracePeriodSeconds = (long)grace.TotalSeconds });
    }

    internal override DnsAnswer Ask(string name, TraceRecorder? recorder, bool isDryRun) => Cluster.Dialler.AskFromPod(Present, name, recorder, isDryRun);
}
