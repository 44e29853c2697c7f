namespace KubeSim.Api;

/// <summary>One named member of a JSON object.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Value">Its value.</param>
public readonly record struct JsonField(string Name, JsonValue Value);
