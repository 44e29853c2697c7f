using System.Globalization;
using KubeSim.Addressing;

namespace KubeSim.Dns;

/// <summary>How <c>dig</c> spells things.</summary>
internal static class DnsWords
{
    public static string Of(DnsResponseCode code) => code switch
    {
        DnsResponseCode.NoError => "NOERROR",
        DnsResponseCode.ServFail => "SERVFAIL",
        DnsResponseCode.NxDomain => "NXDOMAIN",
        DnsResponseCode.Refused => "REFUSED",
        _ => string.Create(CultureInfo.InvariantCulture, $"RCODE{(int)code}"),
    };

    public static string Of(IpAddress address) => address.ToString(null, CultureInfo.InvariantCulture);

    public static string Of(DnsRecordType type) =>
        Enum.IsDefined(type) && type != DnsRecordType.None ? type.ToString() : string.Create(CultureInfo.InvariantCulture, $"TYPE{(int)type}");
}
