using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>The clusters of the matrices, by the families they have.</summary>
internal static class MatrixClusters
{
    public const string Services = "/api/v1/namespaces/default/services";

    private const string IPv4 = "10.96.0.0/24";
    private const string IPv6 = "fd00:10:96::/112";

    public static ServerUnderTest Start(CaseNode cluster) => new(cluster.Text switch
    {
        "v4" => "10.96.0.0/16",
        "v6" => IPv6,
        "v4v6" => $"{IPv4},{IPv6}",
        "v6v4" => $"{IPv6},{IPv4}",
        _ => throw cluster.Wrong("is no known cluster"),
    });
}
