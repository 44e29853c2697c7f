namespace KubeSim.Conformance;

/// <summary>Who runs which folder.</summary>
internal static class Families
{
    private static readonly IFamily[] All = [new ApiServer.ApiServerFamily(), new Dns.DnsFamily(), new Endpoints.EndpointsFamily(), new KubeProxy.KubeProxyFamily()];

    public static IReadOnlyDictionary<string, IFamily> ByName { get; } = All.ToDictionary(family => family.Name, StringComparer.Ordinal);
}
