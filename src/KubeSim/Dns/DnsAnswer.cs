using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Tracing;

namespace KubeSim.Dns;

/// <summary>What a resolver made of a name. Names in it are complete and written without their final dot.</summary>
/// <source>glibc 2.36 resolv/res_query.c: the search list, and what counts as the answer of several</source>
public sealed record DnsAnswer
{
    /// <summary>The name as it was asked.</summary>
    public required string Name { get; init; }

    /// <summary>The complete names that were asked of the name server, in order; the last is the one that was found, where one was.</summary>
    /// <value>Empty for an address, which is nobody's to answer, and for what is no name at all.</value>
    public EquatableArray<string> NamesTried { get; init; }

    /// <summary>The outcome. <see cref="DnsResponseCode.NoError"/> without addresses is what resolvers call "no data": a name exists, but has no address.</summary>
    public DnsResponseCode ResponseCode { get; init; }

    /// <summary>The addresses, in the order in which a client tries them.</summary>
    public EquatableArray<IpAddress> Addresses { get; init; }

    /// <summary>The name that has the addresses, behind all aliases; null where nothing was found.</summary>
    public string? CanonicalName { get; init; }

    /// <summary>For how long the answer may be kept: the smallest of its records.</summary>
    /// <value>Whole seconds; zero where nothing was found.</value>
    public TimeSpan Ttl { get; init; }

    /// <summary>The records that were found, those of IPv4 first.</summary>
    public EquatableArray<DnsRecord> Records { get; init; }

    /// <summary>Why there is no address; null where there is one.</summary>
    public Reason? Reason { get; init; }

    /// <summary>For example <c>web: NOERROR, 10.96.41.7 for 30 s (web.default.svc.cluster.local)</c>, or the response code and the names that were tried.</summary>
    public override string ToString() => Addresses.IsEmpty
        ? $"{Name}: {DnsWords.Of(ResponseCode)}{(NamesTried.IsEmpty ? "" : "; tried " + string.Join(", ", NamesTried))}"
        : string.Create(CultureInfo.InvariantCulture, $"{Name}: {DnsWords.Of(ResponseCode)}, {string.Join(", ", Addresses)} for {Ttl.TotalSeconds} s ({CanonicalName})");
}
