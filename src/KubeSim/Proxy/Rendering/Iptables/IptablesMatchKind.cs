namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>What a rule can look at, as far as kube-proxy uses it.</summary>
internal enum IptablesMatchKind : byte
{
    /// <summary>Nothing: it only says something to the reader.</summary>
    Comment,

    Source,

    Destination,

    InInterface,

    Protocol,

    DestinationPort,

    SourceType,

    DestinationType,

    ConnectionState,

    Mark,

    /// <summary>One of so many packets, by chance.</summary>
    OneOf,

    /// <summary>A client that was on a list within so many seconds.</summary>
    RecentlySeen,

    /// <summary>Puts the client on a list.</summary>
    Remember,

    /// <summary>Counts.</summary>
    Count,
}
