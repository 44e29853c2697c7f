using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Endpoints;

/// <summary>Which controllers run, and their flags.</summary>
internal sealed record ControllerConfiguration
{
    private static readonly string[] Known = ["endpoints", "endpointslice", "mirroring"];

    public required IReadOnlyList<string> Controllers { get; init; }

    /// <summary>The only keys that are synced; null for every object.</summary>
    public IReadOnlyList<NamespacedName>? Keys { get; init; }

    /// <summary>Cases of the inner reconciler of mirroring: every slice belongs to the object, whatever its labels.</summary>
    public bool MirrorsAllSlices { get; init; }

    public int MaxEndpointsPerSlice { get; init; }

    public int MaxMirroredPerSubset { get; init; }

    public int EndpointsCapacity { get; init; }

    public bool HasTopologyHints { get; init; }

    /// <summary>The recorder of these suites left the trigger time out.</summary>
    public bool IgnoresTriggerTime { get; init; }

    public static ControllerConfiguration Read(CaseNode config, string suite, CaseNode? level)
    {
        config.Skip("note");
        if (config.Find("preferSameTrafficDistribution")?.Boolean == false)
        {
            throw config["preferSameTrafficDistribution"].Wrong("is a feature gate that is locked on since Kubernetes 1.35");
        }

        string[] controllers = config.Has("controllers") ? [.. config.Texts("controllers")] : ["endpointslice"];
        return new()
        {
            Controllers = controllers.All(name => Known.Contains(name, StringComparer.Ordinal)) ? controllers : throw config["controllers"].Wrong("names a controller that KubeSim does not have"),
            Keys = config.Has("syncKeys") ? [.. config.Texts("syncKeys").Select(NamespacedName.Parse)] : null,
            MaxEndpointsPerSlice = config.Find("maxEndpointsPerSlice")?.Int ?? 100,
            MaxMirroredPerSubset = config.Find("mirroringMaxEndpointsPerSubset")?.Int ?? 1000,
            EndpointsCapacity = config.Find("endpointsMaxCapacity")?.Int ?? 1000,
            HasTopologyHints = config.Find("topologyHintsEnabled")?.Boolean ?? true,
            MirrorsAllSlices = level?.Text.StartsWith("mirroring-reconciler", StringComparison.Ordinal) == true,
            IgnoresTriggerTime = suite.StartsWith("upstream-reconciler", StringComparison.Ordinal),
        };
    }
}
