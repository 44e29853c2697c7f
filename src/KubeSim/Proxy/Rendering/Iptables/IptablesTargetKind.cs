namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>What a rule can do with a packet, as far as kube-proxy uses it.</summary>
internal enum IptablesTargetKind : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Goes on in a chain, or <c>ACCEPT</c>, <c>DROP</c>, <c>RETURN</c>.</summary>
    Jump,

    Reject,

    /// <summary>Sets bits of the packet's mark.</summary>
    SetMark,

    /// <summary>Turns bits of the packet's mark over.</summary>
    FlipMark,

    Masquerade,

    Dnat,
}
