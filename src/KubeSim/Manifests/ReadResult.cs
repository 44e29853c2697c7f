using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Manifests;

/// <summary>What a manifest says.</summary>
/// <param name="Objects">The objects in the order of the text, lists taken apart.</param>
/// <param name="Warnings">What is probably a mistake, in the order of the objects.</param>
internal readonly record struct ReadResult(EquatableArray<KubernetesObject> Objects, EquatableArray<ManifestWarning> Warnings);
