using KubeSim.Collections;
using KubeSim.Manifests;

namespace KubeSim;

/// <summary>What became of a manifest.</summary>
public sealed record ApplyResult
{
    /// <summary>Its objects in their order.</summary>
    public EquatableArray<AppliedObject> Objects { get; init; }

    /// <summary>What is probably a mistake although it was accepted: unknown fields above all, with file, line and column.</summary>
    public EquatableArray<ManifestWarning> Warnings { get; init; }

    /// <summary>What kubectl prints: warnings first, then a line per object.</summary>
    public override string ToString() =>
        string.Join('\n', [.. Warnings.Select(warning => $"Warning: {warning}"), .. Objects.Select(applied => applied.ToString())]);
}
