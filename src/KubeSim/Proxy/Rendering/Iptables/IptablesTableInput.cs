namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>One table's part of what a sync gives to <c>iptables-restore</c>.</summary>
internal sealed class IptablesTableInput(string name)
{
    public string Name => name;

    /// <summary>Made where they are missing, emptied where they are there, in the order of writing.</summary>
    public List<string> Chains { get; } = [];

    public List<IptablesRule> Rules { get; } = [];

    /// <summary>Chains that nobody wants any longer; they stand among <see cref="Chains"/> too, to be emptied first.</summary>
    public List<string> DeletedChains { get; } = [];

    /// <summary>Rules that must come after all others.</summary>
    public List<IptablesRule> LastRules { get; } = [];
}
