using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>The rules of one service port on one node.</summary>
/// <param name="Rule">What they follow from.</param>
internal sealed record IptablesServicePort(ServiceRule Rule)
{
    /// <summary>Rules of the table filter, in chains that all service ports share: what is refused, dropped, or let in for health checks.</summary>
    public List<IptablesRule> Filter { get; } = [];

    /// <summary>Rules of the table nat in chains that all service ports share: from an address to the service port's own chains.</summary>
    public List<IptablesRule> Captures { get; } = [];

    /// <summary>The service port's own chains, in the order of writing.</summary>
    public List<string> Chains { get; } = [];

    /// <summary>The rules of its own chains, in the order of writing.</summary>
    public List<IptablesRule> ChainRules { get; } = [];
}
