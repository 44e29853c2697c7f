namespace KubeSim.Api;

/// <summary>How Pods of a Deployment are replaced.</summary>
public sealed record DeploymentStrategy
{
    /// <summary><c>RollingUpdate</c> or <c>Recreate</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The settings of a rolling update.</summary>
    public RollingUpdateDeployment? RollingUpdate { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static DeploymentStrategy Map(FieldMap map, DeploymentStrategy? value) => new()
    {
        Type = map.Text("type", value?.Type),
        RollingUpdate = map.Object("rollingUpdate", value?.RollingUpdate, RollingUpdateDeployment.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
