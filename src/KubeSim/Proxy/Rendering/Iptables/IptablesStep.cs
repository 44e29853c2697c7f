namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>A rule that a packet matched.</summary>
/// <param name="Table"><c>nat</c> or <c>filter</c>.</param>
/// <param name="Rule">The rule; its chain says where.</param>
internal sealed record IptablesStep(string Table, IptablesRule Rule);
