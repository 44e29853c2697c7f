using System.Globalization;

namespace KubeSim.Api;

/// <summary>A minor release of Kubernetes, and what kube-proxy of that release does differently from others.</summary>
/// <param name="Minor">The number behind <c>1.</c></param>
/// <source>release notes of kubernetes v1.32 to v1.37; #127318, #132456, #135800, #139629</source>
internal readonly record struct KubernetesRelease(int Minor)
{
    private const int Oldest = 31;
    private const int Newest = 37;

    /// <summary>The release that everything else follows.</summary>
    public static KubernetesRelease Default { get; } = new(36);

    /// <summary>Which releases there are, for messages.</summary>
    public static string Known { get; } = string.Create(CultureInfo.InvariantCulture, $"1.{Oldest} to 1.{Newest}");

    /// <summary>Whether hints for nodes are read: gate PreferSameTrafficDistribution, on by default from 1.34 on.</summary>
    public bool ReadsNodeHints => Minor >= 34;

    /// <summary>Whether the whole table of UDP flows is compared with the Services; earlier releases only followed events.</summary>
    public bool ReconcilesUdpFlows => Minor >= 32;

    /// <summary>Whether UDP flows to a service port that nothing serves are deleted too.</summary>
    public bool DeletesUdpFlowsOfEmptyServices => Minor is < 32 or >= 37;

    /// <summary>Whether the nftables mode looks for a local endpoint before it knows whether the policy applies to the packet (#131765).</summary>
    public bool NftablesChecksLocalEndpointsFirst => Minor <= 33;

    /// <summary>Whether the nftables mode masquerades a hairpin to whichever endpoint, as the iptables mode does.</summary>
    public bool NftablesMasqueradesEveryHairpin => Minor <= 35;

    /// <summary>Reads <c>1.36</c>, also with a v before and a patch number behind, which counts for nothing.</summary>
    public static bool TryParse(string? text, out KubernetesRelease release)
    {
        release = default;
        string[] parts = text is null ? [] : text.TrimStart('v').Split('.');
        if (parts.Length is not (2 or 3) || parts[0] != "1" || !Array.TrueForAll(parts, part => part.Length is > 0 and < 4 && part.All(char.IsAsciiDigit)))
        {
            return false;
        }

        release = new(int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture));
        return release.Minor is >= Oldest and <= Newest;
    }
}
