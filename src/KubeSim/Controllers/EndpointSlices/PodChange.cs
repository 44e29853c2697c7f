namespace KubeSim.Controllers.EndpointSlices;

/// <summary>What kind of change of a Pod it is, as the controllers of endpoints see it.</summary>
internal enum PodChange
{
    /// <summary>Nothing that they watch.</summary>
    None,

    /// <summary>Only its labels: matters to the Services that begin or cease to select it.</summary>
    Labels,

    /// <summary>What is said of it as an endpoint: matters to every Service that selects it.</summary>
    Endpoint,
}
