namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>What one sync did.</summary>
/// <param name="IsFull">Whether it wrote every Service anew and made sure of the jumps from the built-in chains.</param>
/// <param name="Input">What it gave to <c>iptables-restore</c>.</param>
internal sealed record IptablesSyncResult(bool IsFull, IptablesInput Input);
