using KubeSim.Addressing;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>One thing that a rule looks at. In what order they stand is the order in which kube-proxy writes them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">An address, a block, a name, a comment; empty where it is a number.</param>
/// <param name="Number">A port, a mark, seconds, or of how many.</param>
/// <param name="IsNegated">Whether a packet matches that does not.</param>
internal readonly record struct IptablesMatch(IptablesMatchKind Kind, string Text, uint Number = 0, bool IsNegated = false)
{
    public IptablesMatch Not => this with { IsNegated = true };

    public static IptablesMatch Comment(string text) => new(IptablesMatchKind.Comment, text);

    public static IptablesMatch Source(string addressOrBlock) => new(IptablesMatchKind.Source, addressOrBlock);

    public static IptablesMatch Destination(string addressOrBlock) => new(IptablesMatchKind.Destination, addressOrBlock);

    public static IptablesMatch InInterface(string name) => new(IptablesMatchKind.InInterface, name);

    public static IptablesMatch Protocol(TransportProtocol protocol) => new(IptablesMatchKind.Protocol, NameOf(protocol));

    public static IptablesMatch DestinationPort(ushort port) => new(IptablesMatchKind.DestinationPort, "", port);

    public static IptablesMatch SourceIsLocal { get; } = new(IptablesMatchKind.SourceType, "LOCAL");

    public static IptablesMatch DestinationIsLocal { get; } = new(IptablesMatchKind.DestinationType, "LOCAL");

    public static IptablesMatch ConnectionState(string states) => new(IptablesMatchKind.ConnectionState, states);

    public static IptablesMatch Mark(uint mark) => new(IptablesMatchKind.Mark, "", mark);

    public static IptablesMatch OneOf(int remaining) => new(IptablesMatchKind.OneOf, "", (uint)remaining);

    public static IptablesMatch RecentlySeen(string list, TimeSpan within) => new(IptablesMatchKind.RecentlySeen, list, (uint)within.TotalSeconds);

    public static IptablesMatch Remember(string list) => new(IptablesMatchKind.Remember, list);

    public static IptablesMatch Count(string counter) => new(IptablesMatchKind.Count, counter);

    /// <summary>The protocol as rules and names of chains spell it.</summary>
    public static string NameOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Udp => "udp",
        TransportProtocol.Sctp => "sctp",
        _ => "tcp",
    };
}
