namespace KubeSim.Api;

/// <summary>The state of a container.</summary>
public sealed record ContainerStatus
{
    /// <summary>The container's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it is ready.</summary>
    public bool? Ready { get; init; }

    /// <summary>How often it was started again.</summary>
    /// <value>0 or more.</value>
    public int? RestartCount { get; init; }

    /// <summary>Whether it has started.</summary>
    public bool? Started { get; init; }

    /// <summary>What it runs.</summary>
    public string? Image { get; init; }

    /// <summary>The exact image.</summary>
    public string? ImageID { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ContainerStatus Map(FieldMap map, ContainerStatus? value) => new()
    {
        Name = map.TextOrEmpty("name", value?.Name),
        Ready = map.Flag("ready", value?.Ready),
        RestartCount = map.Int("restartCount", value?.RestartCount),
        Started = map.Flag("started", value?.Started),
        Image = map.Text("image", value?.Image),
        ImageID = map.Text("imageID", value?.ImageID),
        Carried = map.Rest(
            value?.Carried ?? default,
            "allocatedResources", "allocatedResourcesStatus", "containerID", "lastState", "resources", "state", "stopSignal", "user", "volumeMounts"),
    };
}
