using System.Text.Json;
using KubeSim.Api;

namespace KubeSim.ApiServer.Patching;

/// <summary>JSON as Go prints a value that it has read: some messages show it.</summary>
/// <source>Go's fmt, %v</source>
internal static class GoText
{
    internal static string Of(JsonValue value) => value.Kind switch
    {
        JsonValueKind.Object => $"map[{string.Join(' ', value.Fields.OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => $"{field.Name}:{Of(field.Value)}"))}]",
        JsonValueKind.Array => $"[{string.Join(' ', value.Items.Select(Of))}]",
        JsonValueKind.Null => "<nil>",
        _ => value.Text!,
    };
}
