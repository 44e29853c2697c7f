using KubeSim.Addressing;
using KubeSim.Api;

namespace KubeSim.Dns;

/// <summary>One address and port behind a name; from these every kind of record is made.</summary>
/// <param name="Address">The ClusterIP, or the endpoint's address.</param>
/// <param name="Port">The number; <see cref="NoPort"/> where none is declared.</param>
/// <param name="Endpoint">The endpoint, whose name SRV records lead to; null where they lead to the Service's own name.</param>
/// <param name="AddressText">The endpoint's address as its slice spells it.</param>
internal readonly record struct ZoneItem(IpAddress Address, int Port, Endpoint? Endpoint = null, string AddressText = "")
{
    /// <summary>No port is declared: there is an address, but no SRV record.</summary>
    public const int NoPort = -1;
}
