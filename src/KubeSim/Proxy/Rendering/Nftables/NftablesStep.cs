using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>A rule, or an element of a map, that a packet matched.</summary>
/// <param name="Stage">What it decides.</param>
/// <param name="Chain">The chain, or the map.</param>
/// <param name="Rule">As <c>nft list</c> shows it.</param>
internal sealed record NftablesStep(RuleStage Stage, string Chain, string Rule);
