namespace KubeSim.Conformance;

/// <summary>Who runs which folder.</summary>
internal static class Families
{
    private static readonly IFamily[] All = [new KubeProxy.KubeProxyFamily(), new ApiServer.ApiServerFamily()];

    public static IReadOnlyDictionary<string, IFamily> ByName { get; } = All.ToDictionary(family => family.Name, StringComparer.Ordinal);
}
