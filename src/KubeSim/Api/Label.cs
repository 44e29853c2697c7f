namespace KubeSim.Api;

/// <summary>One label or annotation.</summary>
/// <param name="Key">For example <c>app</c> or <c>topology.kubernetes.io/zone</c>.</param>
/// <param name="Value">Its value; may be empty.</param>
public readonly record struct Label(string Key, string Value);
