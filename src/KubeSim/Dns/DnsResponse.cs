using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>What a server answers to one question.</summary>
internal readonly record struct DnsResponse(
    DnsResponseCode Code,
    EquatableArray<DnsRecord> Answer = default,
    EquatableArray<DnsRecord> Authority = default,
    EquatableArray<DnsRecord> Additional = default)
{
    /// <summary>The name exists, but has no record of the type asked for.</summary>
    public bool IsNoData => Code == DnsResponseCode.NoError && Answer.IsEmpty;
}
