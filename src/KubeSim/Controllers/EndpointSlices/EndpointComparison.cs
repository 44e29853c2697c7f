using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>When two endpoints are the same one, and when the same one has changed. Hints do not count.</summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice, util: endpointset.go: hashEndpoint; EndpointsEqualBeyondHash</source>
internal static class EndpointComparison
{
    /// <summary>Whether both stand for the same Pod at the same addresses under the same hostname.</summary>
    public static bool IsSame(Endpoint left, Endpoint right) =>
        left.TargetRef?.Name == right.TargetRef?.Name
        && left.TargetRef?.Namespace == right.TargetRef?.Namespace
        && (left.Hostname ?? "") == (right.Hostname ?? "")
        && HaveSameAddresses(left, right);

    /// <summary>Whether what is said of the same endpoint is the same too.</summary>
    public static bool IsUnchanged(Endpoint left, Endpoint right) =>
        left.NodeName == right.NodeName
        && left.Zone == right.Zone
        && left.Conditions == right.Conditions
        && left.TargetRef == right.TargetRef;

    private static bool HaveSameAddresses(Endpoint left, Endpoint right) =>
        left.Addresses == right.Addresses
        || (left.Addresses.Length == right.Addresses.Length && left.Addresses.Length > 1
            && left.Addresses.Order(StringComparer.Ordinal).SequenceEqual(right.Addresses.Order(StringComparer.Ordinal), StringComparer.Ordinal));
}
