namespace KubeSim.Manifests;

/// <summary>Something in a manifest that is probably a mistake, though the manifest can be read.</summary>
/// <param name="FileName">The file; null for text that came from no file.</param>
/// <param name="Line">The line, 1 or more.</param>
/// <param name="Column">The column, 1 or more.</param>
/// <param name="FieldPath">Which field, for example <c>spec.ports[0].prot</c>.</param>
/// <param name="Message">In the API server's words, for example <c>unknown field "spec.ports[0].prot"</c>.</param>
public readonly record struct ManifestWarning(string? FileName, int Line, int Column, string FieldPath, string Message)
{
    /// <summary>For example <c>web.yaml:12:5: unknown field "spec.ports[0].prot"</c>.</summary>
    public override string ToString() => ManifestException.Describe(FileName, Line, Column, "", Message);
}
