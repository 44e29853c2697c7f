using KubeSim.Addressing;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>An endpoint as a node's rules see it.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="IsLocal">Whether it runs on the node.</param>
/// <param name="Chain">Its chain; empty where it has none.</param>
/// <param name="AffinitySet">Its clients' set; empty without session affinity.</param>
internal sealed record NftablesEndpoint(IpPort Address, bool IsLocal, string Chain, string AffinitySet);
