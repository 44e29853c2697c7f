namespace KubeSim.Tracing;

/// <summary>Why a packet did not arrive, and where to look.</summary>
/// <param name="Code">The kind of reason.</param>
/// <param name="Message">One sentence that names the object and the field.</param>
/// <param name="Object">The object to look at, for example <c>service/default/web</c>; null where there is none.</param>
/// <param name="Field">The field of it that decides, for example <c>spec.selector</c>; null where there is none.</param>
public sealed record Reason(ReasonCode Code, string Message, string? Object = null, string? Field = null);
