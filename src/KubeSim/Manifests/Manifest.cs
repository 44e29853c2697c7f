using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Manifests;

/// <summary>
/// Objects as text, and back: what <c>kubectl apply -f</c> reads and what <c>kubectl get -o yaml</c> and <c>-o json</c> print. Fields and kinds that are
/// not modelled come back as they were.
/// </summary>
/// <param name="Objects">The objects in the order of the text, lists taken apart.</param>
/// <param name="Warnings">What is probably a mistake, such as a field that Kubernetes does not know, in the order of the objects.</param>
public sealed record Manifest(EquatableArray<KubernetesObject> Objects, EquatableArray<ManifestWarning> Warnings)
{
    /// <summary>Reads a manifest; no cluster is needed, and nothing is filled in that the text does not say.</summary>
    /// <param name="text">YAML of any number of documents, or JSON of one or several; empty documents and comments are skipped.</param>
    /// <param name="fileName">How messages name it; null for text that came from no file.</param>
    /// <param name="strict">Whether a field that Kubernetes does not know is an error instead of a warning, as with <c>kubectl apply --validate=strict</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ManifestException">The text cannot be read; the message says where.</exception>
    public static Manifest Parse(string text, string? fileName = null, bool strict = false) => ManifestReader.Read(text, fileName, strict);

    /// <summary>One object as YAML, as <c>kubectl get -o yaml</c> prints it.</summary>
    /// <returns>One document, members sorted by name, a line break at the end.</returns>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, or there is null in it where there must be something; the message names the field.</exception>
    public static string ToYaml(KubernetesObject value) => ManifestWriter.ToYaml(value);

    /// <summary>One object as JSON, as <c>kubectl get -o json</c> prints it.</summary>
    /// <returns>One document, indented by four, members sorted by name, a line break at the end.</returns>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, or there is null in it where there must be something; the message names the field.</exception>
    public static string ToJson(KubernetesObject value) => ManifestWriter.ToJson(value);
}
