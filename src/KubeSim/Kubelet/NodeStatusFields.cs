using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Kubelet;

/// <summary>What all simulated machines say of themselves.</summary>
internal static class NodeStatusFields
{
    public const string ZoneLabel = "topology.kubernetes.io/zone";
    public const string Architecture = "amd64";
    public const string OperatingSystem = "linux";
    public const string KubeletVersion = "v1.36.2";

    /// <summary>What a kubelet and the attach controller note on every Node.</summary>
    public static LabelSet Annotations { get; } = LabelSet.Create(
    [
        new("node.alpha.kubernetes.io/ttl", "0"),
        new("volumes.kubernetes.io/controller-managed-attach-detach", "true"),
    ]);

    /// <summary>Capacity, allocatable and nodeInfo: four cores, 16 GiB, the usual 110 Pods.</summary>
    public static CarriedFields Carried { get; } = new(
    [
        new("allocatable", Resources()),
        new("capacity", Resources()),
        new("daemonEndpoints", Object(("kubeletEndpoint", Object(("Port", JsonValue.OfNumber(10_250)))))),
        new("nodeInfo", Object(
            ("architecture", JsonValue.OfText(Architecture)),
            ("bootID", JsonValue.OfText("")),
            ("containerRuntimeVersion", JsonValue.OfText("containerd://2.2.0")),
            ("kernelVersion", JsonValue.OfText("6.12.0")),
            ("kubeProxyVersion", JsonValue.OfText("")),
            ("kubeletVersion", JsonValue.OfText(KubeletVersion)),
            ("machineID", JsonValue.OfText("")),
            ("operatingSystem", JsonValue.OfText(OperatingSystem)),
            ("osImage", JsonValue.OfText("KubeSim")),
            ("systemUUID", JsonValue.OfText("")))),
    ]);

    /// <summary>The conditions of a machine in good health.</summary>
    public static EquatableArray<Condition> Conditions(DateTimeOffset now) =>
    [
        Of("MemoryPressure", ConditionStatus.False, "KubeletHasSufficientMemory", "kubelet has sufficient memory available", now),
        Of("DiskPressure", ConditionStatus.False, "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now),
        Of("PIDPressure", ConditionStatus.False, "KubeletHasSufficientPID", "kubelet has sufficient PID available", now),
        Of("Ready", ConditionStatus.True, "KubeletReady", "kubelet is posting ready status", now),
    ];

    private static Condition Of(string type, string status, string reason, string message, DateTimeOffset now) => new()
    {
        Type = type,
        Status = status,
        Reason = reason,
        Message = message,
        LastHeartbeatTime = now,
        LastTransitionTime = now,
    };

    private static JsonValue Resources() => Object(
        ("cpu", JsonValue.OfText("4")),
        ("ephemeral-storage", JsonValue.OfText("100Gi")),
        ("memory", JsonValue.OfText("16Gi")),
        ("pods", JsonValue.OfText("110")));

    private static JsonValue Object(params ReadOnlySpan<(string Name, JsonValue Value)> fields)
    {
        var array = new JsonField[fields.Length];
        for (int i = 0; i < array.Length; i++)
        {
            array[i] = new(fields[i].Name, fields[i].Value);
        }

        return JsonValue.OfObject(new(array));
    }
}
