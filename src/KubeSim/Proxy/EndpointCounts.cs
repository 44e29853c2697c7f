namespace KubeSim.Proxy;

/// <summary>What decides how the endpoints of a service port are used, as numbers that can be added up over slices.</summary>
/// <param name="All">Endpoints, whatever their conditions.</param>
/// <param name="Ready">Those that are ready.</param>
/// <param name="Fallback">Those that are not ready, but serve while they terminate.</param>
/// <param name="NodeHints">Ready ones with a hint for nodes.</param>
/// <param name="ZoneHints">Ready ones with a hint for zones.</param>
internal readonly record struct EndpointCounts(int All, int Ready, int Fallback, int NodeHints, int ZoneHints)
{
    /// <summary>Whether anything may be reached at all.</summary>
    public bool HasAny => Ready + Fallback > 0;

    /// <summary>Whether hints for nodes count: every ready endpoint has one.</summary>
    public bool UsesNodeHints => Ready > 0 && NodeHints == Ready;

    /// <summary>Whether hints for zones count: every ready endpoint has one.</summary>
    public bool UsesZoneHints => Ready > 0 && ZoneHints == Ready;

    public static EndpointCounts Of(SliceEndpoint endpoint) => new(
        1,
        endpoint.IsReady ? 1 : 0,
        endpoint.IsFallback ? 1 : 0,
        endpoint is { IsReady: true, HasNodeHints: true } ? 1 : 0,
        endpoint is { IsReady: true, HasZoneHints: true } ? 1 : 0);

    public static EndpointCounts operator +(EndpointCounts left, EndpointCounts right) => new(
        left.All + right.All, left.Ready + right.Ready, left.Fallback + right.Fallback, left.NodeHints + right.NodeHints, left.ZoneHints + right.ZoneHints);

    public static EndpointCounts operator -(EndpointCounts left, EndpointCounts right) => new(
        left.All - right.All, left.Ready - right.Ready, left.Fallback - right.Fallback, left.NodeHints - right.NodeHints, left.ZoneHints - right.ZoneHints);
}
