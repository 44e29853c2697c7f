using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointsObjects;

/// <summary>What one Pod contributes to an Endpoints object.</summary>
/// <param name="Address">The Pod's address.</param>
/// <param name="Ports">The Service's ports as the Pod has them.</param>
/// <param name="IsReady">Whether it stands among the ready addresses.</param>
internal sealed record EndpointMember(EndpointAddress Address, EquatableArray<EndpointPort> Ports, bool IsReady)
{
    /// <summary>By the text of the address, then by the Pod's identity, as the objects are sorted.</summary>
    public static Comparison<EndpointMember> Order { get; } = static (left, right) =>
        string.CompareOrdinal(left.Address.IP, right.Address.IP) is not 0 and var order
            ? order
            : string.CompareOrdinal(left.Address.TargetRef?.Uid, right.Address.TargetRef?.Uid);
}
