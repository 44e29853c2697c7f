using System.Globalization;
using CsCheck;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Manifests;

namespace KubeSim.Tests.Manifests;

/// <summary>Random JSON values, rich in what is hard to write down: odd strings, numbers at their limits, empty and nested lists and maps.</summary>
internal static class JsonValueGenerators
{
    private static readonly string[] Awkward =
    [
        "", " ", "~", "null", "yes", "No", "ON", "y", "n", "true", "False", "1", "-1", "0x1F", "010", "0o7", "0b1", "1_000", "1.0", ".5", "1e3", ".inf", "-.INF", ".nan", "12:30", "2026-01-31",
        "2026-01-31T12:00:00Z", "2026-1-1 1:1:1", "<<", "=", "-", "?", ":", "#", "a: b", "a #b", "a:", "- a", "? a", "key: [x]", "---", "--- a", "...", "%TAG", "@a", "`a", "'", "\"", "it's", "\\", "&a", "*a", "!a",
        "|", ">", "{}", "[]", "{a: b}", "a\nb", "a\n", "a\n\n", "\n", "\n\n", "\na", " a\nb", "a \nb", "a\n b", "a\n\n\nb\n", "a\tb", "\t", "a\r\nb", "\r", "a\u0085b", "a\u2028b", "\u00A0", "\uFEFFa", "\u007F",
        "\U0001F600", "ümlaut", "a  b", "#!/bin/sh\necho hi\n", "# a\nb", "a\n# b\n", "key: v\nkey2: v\n", "- a\n- b\n", "  indented\n", "trailing \n", "\\n", "\0", "\u001B[0m", "x: |\n  y\n",
    ];

    private static readonly Gen<string> AwkwardText = Gen.Int[0, Awkward.Length - 1].Select(place => Awkward[place]);

    private static readonly Gen<string> Text = Gen.Frequency(
        (4, AwkwardText),
        (4, Gen.String["abcXYZ 019:-_#'\"\n.,[]{}&*!|>%@`?~=/\\"]),
        (1, Gen.String["ab \t\r\n\u0085\u2028\u2029\u00A0\uFEFF\u007F\u0001é"]),
        (1, Gen.String["abc d"].Array[0, 40].Select(parts => string.Join(' ', parts))),
        (1, Gen.Select(AwkwardText, AwkwardText, (first, second) => first + second)));

    private static readonly Gen<JsonValue> Scalar = Gen.Frequency(
        (8, Text.Select(JsonValue.OfText)),
        (2, Gen.Long.Select(JsonValue.OfNumber)),
        (1, Gen.Int[-10, 10].Select(number => JsonValue.OfNumber(number))),
        (2, Gen.Double.Where(double.IsFinite).Select(number => JsonValue.OfNumberText(GoNumber.Spell(number)))),
        (1, Gen.ULong.Select(number => JsonValue.OfNumberText(number.ToString(CultureInfo.InvariantCulture)))),
        (1, Gen.Bool.Select(JsonValue.OfBoolean)),
        (1, Gen.Const(JsonValue.Null)));

    public static readonly Gen<JsonValue> Value = OfDepth(4);

    public static readonly Gen<JsonValue> Object = ObjectOf(OfDepth(4));

    private static Gen<JsonValue> OfDepth(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (3, Scalar),
        (1, OfDepth(depth - 1).Array[0, 4].Select(items => JsonValue.OfList(items.ToEquatableArray()))),
        (2, ObjectOf(OfDepth(depth - 1))));

    private static Gen<JsonValue> ObjectOf(Gen<JsonValue> member) =>
        Gen.Select(Gen.Frequency((9, Text), (1, Gen.Char["ab "].Array[100, 200].Select(letters => new string(letters)))), member).Array[0, 5].Select(members =>
            JsonValue.OfObject(members.DistinctBy(pair => pair.Item1, StringComparer.Ordinal).Select(pair => new JsonField(pair.Item1, pair.Item2)).ToEquatableArray()));
}
