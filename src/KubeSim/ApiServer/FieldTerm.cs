namespace KubeSim.ApiServer;

/// <summary>One condition of a field selector.</summary>
/// <param name="Field">Which field, for example <c>spec.nodeName</c>.</param>
/// <param name="Value">The value that it must have, or must not have.</param>
/// <param name="IsNegated">Whether it must not.</param>
internal readonly record struct FieldTerm(string Field, string Value, bool IsNegated);
