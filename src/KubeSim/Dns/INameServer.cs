namespace KubeSim.Dns;

/// <summary>Answers questions about names.</summary>
internal interface INameServer
{
    /// <param name="name">A complete name without its final dot, checked by <see cref="DnsName"/>; empty for the root.</param>
    /// <param name="type">The type of record asked for.</param>
    DnsResponse Query(string name, DnsRecordType type);
}
