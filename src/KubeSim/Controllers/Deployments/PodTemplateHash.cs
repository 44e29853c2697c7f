using System.Globalization;
using KubeSim.Api;

namespace KubeSim.Controllers.Deployments;

/// <summary>
/// The hash that names the ReplicaSet of a template. Like upstream's it is FNV-32a, written in letters that form no words; but it is
/// taken of the template's JSON, not of Go's memory layout, so the values are others. They are to be treated as opaque.
/// </summary>
/// <source>kubernetes v1.36, pkg/controller, ComputeHash; apimachinery pkg/util/rand, SafeEncodeString</source>
internal static class PodTemplateHash
{
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";
    private const uint Offset = 2166136261;
    private const ulong Prime = 16777619;

    /// <summary>The hash of a template; a higher collision count gives another one.</summary>
    public static string Of(PodTemplateSpec template, int collisionCount = 0)
    {
        uint hash = Offset;
        foreach (char letter in FieldMap.Write(template, PodTemplateSpec.Map).ToString())
        {
            hash = Mixed(Mixed(hash, letter & 0xff), letter >> 8);
        }

        if (collisionCount > 0)
        {
            hash = Mixed(hash, collisionCount);
        }

        Span<char> text = stackalloc char[10];
        hash.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        foreach (ref char digit in text[..length])
        {
            digit = Letters[digit % Letters.Length];
        }

        return new string(text[..length]);
    }

    /// <summary>Whether two templates are the same but for the label of the hash.</summary>
    public static bool IsSameTemplate(PodTemplateSpec left, PodTemplateSpec right) => WithoutHash(left) == WithoutHash(right);

    private static uint Mixed(uint hash, int octet) => (uint)(((hash ^ (uint)octet) * Prime) & uint.MaxValue);

    private static PodTemplateSpec WithoutHash(PodTemplateSpec template) => template.Metadata.Labels.ContainsKey(DeploymentAnnotations.PodTemplateHash)
        ? template with { Metadata = template.Metadata with { Labels = template.Metadata.Labels.Without(DeploymentAnnotations.PodTemplateHash) } }
        : template;
}
