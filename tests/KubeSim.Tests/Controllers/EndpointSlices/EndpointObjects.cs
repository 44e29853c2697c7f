using KubeSim.Api;

namespace KubeSim.Tests.Controllers.EndpointSlices;

/// <summary>Objects as a cluster holds them, to make endpoints of.</summary>
internal static class EndpointObjects
{
    public static Node Node(string name, string? zone = null) => new()
    {
        Metadata = new() { Name = name, Labels = zone is null ? default : LabelSet.Of("topology.kubernetes.io/zone", zone) },
    };

    public static Service Service(string name = "web", int targetPort = 8080) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = "uid-" + name },
        Spec = new()
        {
            Type = ServiceType.ClusterIP,
            ClusterIP = "10.96.0.10",
            ClusterIPs = ["10.96.0.10"],
            IPFamilies = [IPFamily.IPv4],
            Selector = LabelSet.Of("app", name),
            Ports = [new() { Name = "http", Port = 80, Protocol = Protocol.TCP, TargetPort = targetPort }],
        },
    };

    public static Pod Pod(string name, string ip, string node = "node-1", bool isReady = true, string app = "web") => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = "uid-" + name, Labels = LabelSet.Of("app", app) },
        Spec = new() { NodeName = node, Containers = [new() { Name = "app", Image = "app:1" }], TerminationGracePeriodSeconds = 30 },
        Status = Status(ip, isReady),
    };

    public static PodStatus Status(string ip, bool isReady) => new()
    {
        Phase = PodPhase.Running,
        PodIP = ip,
        PodIPs = [new() { IP = ip }],
        Conditions = [new() { Type = "Ready", Status = isReady ? ConditionStatus.True : ConditionStatus.False }],
    };

    public static Pod With(this Pod pod, bool isReady) => pod with
    {
        Status = pod.Status with { Conditions = [new() { Type = "Ready", Status = isReady ? ConditionStatus.True : ConditionStatus.False }] },
    };

    public static Pod Terminating(this Pod pod) => pod with { Metadata = pod.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } };

    /// <summary>10.244.0.1 and following.</summary>
    public static string Ip(int number) => $"10.244.{number / 250}.{(number % 250) + 1}";
}
