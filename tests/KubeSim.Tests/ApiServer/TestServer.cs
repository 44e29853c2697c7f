using System.Globalization;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Tests.ApiServer;

/// <summary>A server with its time, and objects to put into it.</summary>
internal sealed class TestServer
{
    public TestServer(ulong seed = 1)
    {
        Queue = new EventQueue();
        Clock = new VirtualClock(Queue, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Log = new RunLog(Queue);
        Api = new KubeApiServer(Queue, Clock, new DeterministicRandom(seed), Log, new ApiServerOptions());
    }

    public EventQueue Queue { get; }

    public VirtualClock Clock { get; }

    public RunLog Log { get; }

    public KubeApiServer Api { get; }

    /// <summary>The refusal of a request that must be refused.</summary>
    public static Status Refused(Action request) => request.Should().Throw<ApiException>().Which.Status;

    public static long VersionOf(KubernetesObject value) => long.Parse(value.Metadata.ResourceVersion!, CultureInfo.InvariantCulture);

    public static Pod Pod(string name, string? node = null, string space = "default", params Label[] labels) => new()
    {
        Metadata = new() { Name = name, Namespace = space, Labels = [.. labels] },
        Spec = new() { NodeName = node, Containers = [new() { Name = "app", Image = "app:1" }], TerminationGracePeriodSeconds = 30 },
    };

    public static Service Service(string name) => new()
    {
        Metadata = new() { Name = name },
        Spec = new() { Selector = LabelSet.Of("app", name), Ports = [new() { Port = 80 }] },
    };

    public static Deployment Deployment(string name) => new()
    {
        Metadata = new() { Name = name },
        Spec = new() { Replicas = 1, Selector = new() { MatchLabels = LabelSet.Of("app", name) }, Template = Template(name) },
    };

    public static ReplicaSet ReplicaSet(string name) => new()
    {
        Metadata = new() { Name = name },
        Spec = new() { Replicas = 1, Selector = new() { MatchLabels = LabelSet.Of("app", name) }, Template = Template(name) },
    };

    public static Namespace Namespace(string name) => new() { Metadata = new() { Name = name } };

    private static PodTemplateSpec Template(string name) => new()
    {
        Metadata = new() { Labels = LabelSet.Of("app", name) },
        Spec = new() { Containers = [new() { Name = "app", Image = "app:1" }] },
    };
}
