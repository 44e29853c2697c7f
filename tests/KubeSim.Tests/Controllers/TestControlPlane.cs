using KubeSim.Api;
using KubeSim.Controllers.Deployments;
using KubeSim.Controllers.GarbageCollection;
using KubeSim.Controllers.Namespaces;
using KubeSim.Controllers.NodeLifecycle;
using KubeSim.Controllers.ReplicaSets;
using KubeSim.Controllers.Scheduling;
using KubeSim.Tests.ApiServer;

namespace KubeSim.Tests.Controllers;

/// <summary>A server with the controllers of workloads, and something that starts and stops Pods.</summary>
internal sealed class TestControlPlane : IDisposable
{
    private readonly TestServer _server = new();
    private readonly TimeSpan _watchDelay;
    private readonly List<IDisposable> _controllers = [];

    public TestControlPlane(int nodes = 3, int startSeconds = 0, int stopSeconds = 0, double watchDelaySeconds = 0, bool isRunning = true)
    {
        _watchDelay = TimeSpan.FromSeconds(watchDelaySeconds);
        Kubelet = new TestKubelet(_server.Api, _server.Queue, _server.Clock, TimeSpan.FromSeconds(startSeconds), TimeSpan.FromSeconds(stopSeconds));
        for (int i = 1; i <= nodes; i++)
        {
            Api.Create(Node($"node-{i}", NodeSpec.Empty));
        }

        if (isRunning)
        {
            Start();
        }
    }

    public IApiClient Api => _server.Api;

    public TestServer Server => _server;

    public TestKubelet Kubelet { get; }

    public IReadOnlyList<Pod> Pods => Api.List<Pod>();

    /// <summary>A node that is ready.</summary>
    public static Node Node(string name, NodeSpec spec, params Label[] labels) => new()
    {
        Metadata = new() { Name = name, Labels = [.. labels] },
        Spec = spec,
        Status = new() { Conditions = [new() { Type = "Ready", Status = ConditionStatus.True }] },
    };

    public static Deployment Deployment(string name, int replicas, string image = "app:1") => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new()
        {
            Replicas = replicas,
            Selector = new() { MatchLabels = LabelSet.Of("app", name) },
            Template = Template(name, image),
            ProgressDeadlineSeconds = 600,
            RevisionHistoryLimit = 10,
        },
    };

    public static ReplicaSet ReplicaSet(string name, int replicas) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { Replicas = replicas, Selector = new() { MatchLabels = LabelSet.Of("app", name) }, Template = Template(name, "app:1") },
    };

    public static PodTemplateSpec Template(string name, string image) => new()
    {
        Metadata = new() { Labels = LabelSet.Of("app", name) },
        Spec = new() { Containers = [new() { Name = "app", Image = image }] },
    };

    /// <summary>Constructs the controllers, as after a restart of the control plane.</summary>
    public void Start()
    {
        _controllers.Add(new DeploymentController(_server.Api, _server.Queue, _server.Clock, _server.Log, _watchDelay));
        _controllers.Add(new ReplicaSetController(_server.Api, _server.Queue, _server.Clock, _server.Log, _watchDelay));
        _controllers.Add(new Scheduler(_server.Api, _server.Queue, _server.Clock, _server.Log, _watchDelay));
        _controllers.Add(new GarbageCollector(_server.Api, _server.Queue, _server.Log, _watchDelay));
        _controllers.Add(new NodeTaintController(_server.Api, _server.Queue, _server.Clock, _server.Log, _watchDelay));
        _controllers.Add(new NamespaceController(_server.Api, _server.Queue, _server.Clock, _server.Log, _watchDelay));
    }

    public void Stop()
    {
        _controllers.ForEach(controller => controller.Dispose());
        _controllers.Clear();
    }

    /// <summary>Runs what is due now.</summary>
    public void Settle() => _server.Queue.RunDue();

    public void Advance(double seconds) => _server.Clock.Advance(TimeSpan.FromSeconds(seconds));

    public Deployment Get(string deployment) => Api.Get<Deployment>(new("default", deployment));

    public void Change(string deployment, Func<DeploymentSpec, DeploymentSpec> change)
    {
        Deployment present = Get(deployment);
        Api.Replace(present with { Spec = change(present.Spec) });
    }

    public void Dispose()
    {
        Stop();
        Kubelet.Dispose();
    }
}
