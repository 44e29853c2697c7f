namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>What a rule does with a packet that it matches.</summary>
/// <param name="Verb">Its first word: <c>jump</c>, <c>goto</c>, <c>vmap</c>, <c>meta</c> for a mark, …; <c>pick</c> for a chain that chance picks.</param>
/// <param name="Operand">The chain or map.</param>
/// <param name="Key">What is looked up in a map.</param>
internal readonly record struct NftablesAction(string Verb, string Operand = "", string Key = "");
