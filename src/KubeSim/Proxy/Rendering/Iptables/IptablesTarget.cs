namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>What a rule does with a packet.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The chain, or the address and port.</param>
/// <param name="Mark">The bits of the mark; for masquerading, 1 for fully random ports.</param>
internal readonly record struct IptablesTarget(IptablesTargetKind Kind, string Text = "", uint Mark = 0)
{
    public static IptablesTarget None { get; }

    public static IptablesTarget Accept { get; } = Jump("ACCEPT");

    public static IptablesTarget Drop { get; } = Jump("DROP");

    public static IptablesTarget Return { get; } = Jump("RETURN");

    public static IptablesTarget Reject { get; } = new(IptablesTargetKind.Reject);

    public static IptablesTarget Jump(string chain) => new(IptablesTargetKind.Jump, chain);

    public static IptablesTarget SetMark(uint mark) => new(IptablesTargetKind.SetMark, Mark: mark);

    public static IptablesTarget FlipMark(uint mark) => new(IptablesTargetKind.FlipMark, Mark: mark);

    public static IptablesTarget Masquerade(bool fullyRandom) => new(IptablesTargetKind.Masquerade, Mark: fullyRandom ? 1u : 0);

    public static IptablesTarget Dnat(string addressAndPort) => new(IptablesTargetKind.Dnat, addressAndPort);
}
