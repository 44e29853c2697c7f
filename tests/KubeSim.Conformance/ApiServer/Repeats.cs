using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KubeSim.Api;

namespace KubeSim.Conformance.ApiServer;

/// <summary>Long lists in short: <c>$repeat</c> with <c>count</c> and <c>item</c> stands for a list, <c>{i}</c> for the place of an element.</summary>
internal static partial class Repeats
{
    public static JsonValue Expand(JsonValue value) => value.Kind switch
    {
        JsonValueKind.Object when value["$repeat"] is { } repeat => JsonValue.OfList([.. Enumerable.Range(0, CountOf(repeat)).Select(i => At(repeat["item"]!, i))]),
        JsonValueKind.Object => JsonValue.OfObject([.. value.Fields.Select(field => new JsonField(field.Name, Expand(field.Value)))]),
        JsonValueKind.Array => JsonValue.OfList([.. value.Items.Select(Expand)]),
        _ => value,
    };

    private static int CountOf(JsonValue repeat) => repeat["count"]!.TryGetNumber(out long count) ? checked((int)count) : 0;

    private static JsonValue At(JsonValue value, int place) => value.Kind switch
    {
        JsonValueKind.Object => JsonValue.OfObject([.. value.Fields.Select(field => new JsonField(field.Name, At(field.Value, place)))]),
        JsonValueKind.Array => JsonValue.OfList([.. value.Items.Select(item => At(item, place))]),
        JsonValueKind.String => JsonValue.OfText(Place().Replace(value.Text!, match =>
            (match.Groups[1].Success ? place % int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : place).ToString(CultureInfo.InvariantCulture))),
        _ => value,
    };

    [GeneratedRegex(@"\{i(?: mod (\d+))?\}")]
    private static partial Regex Place();
}
