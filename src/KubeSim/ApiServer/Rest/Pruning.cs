using System.Globalization;
using System.Text.Json;
using KubeSim.Api;

namespace KubeSim.ApiServer.Rest;

/// <summary>Drops what Kubernetes does not know: the server does not store it.</summary>
internal static class Pruning
{
    internal static JsonValue Without(JsonValue value, IReadOnlyList<UnknownField> unknown)
    {
        var paths = new HashSet<string>(unknown.Select(field => field.Path), StringComparer.Ordinal);
        return Without(value, paths, "");
    }

    private static JsonValue Without(JsonValue value, HashSet<string> paths, string path) => value.Kind switch
    {
        JsonValueKind.Object => JsonValue.OfObject([.. value.Fields
            .Select(field => (Field: field, Path: path.Length == 0 ? field.Name : $"{path}.{field.Name}"))
            .Where(member => !paths.Contains(member.Path))
            .Select(member => new JsonField(member.Field.Name, Without(member.Field.Value, paths, member.Path)))]),
        JsonValueKind.Array => JsonValue.OfList([.. value.Items.Select((item, i) => Without(item, paths, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")))]),
        _ => value,
    };
}
