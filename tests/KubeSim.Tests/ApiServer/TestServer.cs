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

    public static Namespace Namespace(string name) => new() { Metadata = new() { Name = name } };
}
