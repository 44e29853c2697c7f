using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>A program in a Pod.</summary>
public sealed record Container
{
    /// <summary>Its name within the Pod.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it runs.</summary>
    public string? Image { get; init; }

    /// <summary>The ports it listens on.</summary>
    public EquatableArray<ContainerPort> Ports { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static Container Map(FieldMap map, Container? value) => new()
    {
        Name = map.TextOrEmpty("name", value?.Name),
        Image = map.Text("image", value?.Image),
        Ports = map.List("ports", value?.Ports ?? default, ContainerPort.Map),
        Carried = map.Rest(
            value?.Carried ?? default,
            "args", "command", "env", "envFrom", "imagePullPolicy", "lifecycle", "livenessProbe", "readinessProbe", "resizePolicy", "resources", "restartPolicy",
            "restartPolicyRules", "securityContext", "startupProbe", "stdin", "stdinOnce", "terminationMessagePath", "terminationMessagePolicy", "tty", "volumeDevices",
            "volumeMounts", "workingDir"),
    };
}
