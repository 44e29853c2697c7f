namespace KubeSim.Api;

/// <summary>A field that Kubernetes does not know at that place: usually a slip of the pen. It is kept, and reported.</summary>
/// <param name="Path">Which field, for example <c>spec.ports[0].prot</c>.</param>
/// <param name="Line">The line of the document, 1 or more; 0 where there is no document.</param>
/// <param name="Column">The column of the document, 1 or more; 0 where there is no document.</param>
public readonly record struct UnknownField(string Path, int Line, int Column);
