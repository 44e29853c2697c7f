using System.Text;
using System.Text.Json;
using KubeSim.Collections;

namespace KubeSim.Manifests;

/// <summary>Scalars with a tag: <c>!!str 80</c> is a string, <c>!!int "80"</c> a number. Tags that YAML does not define say nothing.</summary>
/// <source>sigs.k8s.io/yaml v1.6, goyaml.v2/resolve.go and decode.go</source>
internal static class YamlTag
{
    internal const string Merge = Prefix + "merge";
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>The kind of value a tagged scalar is, and its text as JSON spells it.</summary>
    internal static JsonValueKind Apply(string tag, string scalar, out string text, out string? wrong)
    {
        text = scalar;
        wrong = null;
        if (!tag.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return JsonValueKind.String;
        }

        string name = tag[Prefix.Length..];
        switch (name)
        {
            case "bool" or "int" or "float" or "null":
                JsonValueKind kind = YamlScalar.Resolve(scalar, out text);
                bool fits = name switch
                {
                    "bool" => kind is JsonValueKind.True or JsonValueKind.False,
                    "null" => kind == JsonValueKind.Null,
                    "float" => kind is JsonValueKind.Number or JsonValueKind.Undefined,
                    _ => kind == JsonValueKind.Number && !text.AsSpan().ContainsAny('.', 'e'),
                };
                wrong = fits ? null : $"\"{Excerpt.Of(scalar)}\" is no {name}, as its tag says";
                return kind;
            case "binary":
                text = FromBase64(scalar, out wrong);
                return JsonValueKind.String;
            default:
                return JsonValueKind.String;
        }
    }

    private static string FromBase64(string scalar, out string? wrong)
    {
        byte[] bytes = new byte[scalar.Length];
        wrong = Convert.TryFromBase64String(scalar, bytes, out int length) ? null : "expected base64, as the tag !!binary says";
        return wrong is null ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
