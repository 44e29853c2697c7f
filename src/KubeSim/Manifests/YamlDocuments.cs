using System.Globalization;
using System.Text.Json;
using KubeSim.Api;
using KubeSim.Collections;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeSim.Manifests;

/// <summary>
/// YAML into JSON values, by the parser's events. Aliases share what they name, so they cost nothing until somebody goes through them;
/// how much that would be is counted and bounded.
/// </summary>
internal sealed class YamlDocuments
{
    private const int LongestKey = 1024;
    private readonly Parser _parser;
    private readonly string? _fileName;
    private readonly DocumentPath _path = new();
    private readonly Dictionary<string, Anchored> _anchors = new(StringComparer.Ordinal);
    private readonly bool _hasLetterBooleans;
    private long _documentStart;
    private long _aliased;

    private YamlDocuments(string text, string? fileName, bool hasLetterBooleans)
    {
        _fileName = fileName;
        _hasLetterBooleans = hasLetterBooleans;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true, LongestKey));
    }

    /// <summary>What an anchor names; no value while it is still being read.</summary>
    private readonly record struct Anchored(JsonValue? Value, long Length);

    /// <summary>Reads all documents but the empty ones.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">For messages.</param>
    /// <param name="hasLetterBooleans">Whether <c>y</c> and <c>n</c> are booleans, as kubectl reads them, and not texts, as most others do.</param>
    /// <exception cref="ManifestException">The text is not YAML, or larger or deeper than allowed.</exception>
    internal static List<JsonValue> Read(string text, string? fileName, bool hasLetterBooleans = true)
    {
        ManifestText.CheckDocuments(text, fileName);
        var reader = new YamlDocuments(text.StartsWith('\uFEFF') ? text[1..] : text, fileName, hasLetterBooleans);
        try
        {
            return reader.ReadAll();
        }
        catch (YamlException wrong)
        {
            throw new ManifestException(fileName, (int)wrong.Start.Line, (int)wrong.Start.Column, reader._path.ToString(), "not YAML: " + wrong.Message.TrimEnd('.'), wrong);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException)
        {
            // The parser trips over a few broken texts, such as "a: [1, 2" with another line behind it, instead of refusing them.
            Mark last = reader._parser.Current?.End ?? new Mark(0, 1, 1);
            string problem = wrong is InvalidOperationException ? "not YAML: a bracket or brace before the next line is not closed" : "not YAML: the parser cannot go on behind this place";
            throw new ManifestException(fileName, (int)last.Line, (int)last.Column, reader._path.ToString(), problem, wrong);
        }
    }

    private List<JsonValue> ReadAll()
    {
        var documents = new List<JsonValue>();
        int count = 0;
        while (_parser.MoveNext())
        {
            if (_parser.Current is not DocumentStart start)
            {
                continue;
            }

            if (++count > ManifestLimits.Documents)
            {
                throw Wrong(start, string.Create(CultureInfo.InvariantCulture, $"the text has more than {ManifestLimits.Documents} documents"));
            }

            _documentStart = start.Start.Index;
            _aliased = 0;
            _anchors.Clear();
            _parser.MoveNext();
            JsonValue document = ReadNode(0);
            if (!document.IsNull)
            {
                documents.Add(document);
            }
        }

        return documents;
    }

    /// <summary>Reads the node whose event is current.</summary>
    private JsonValue ReadNode(int depth)
    {
        ParsingEvent current = _parser.Current!;
        CheckLength(current);
        if (current is AnchorAlias alias)
        {
            return Aliased(alias);
        }

        var node = (NodeEvent)current;
        string? anchor = node.Anchor.IsEmpty ? null : node.Anchor.Value;
        long aliasedBefore = _aliased;
        if (anchor is not null)
        {
            _anchors[anchor] = default;
        }

        JsonValue value = node switch
        {
            Scalar scalar => ReadScalar(scalar),
            _ when depth == ManifestLimits.Depth => throw Wrong(node, string.Create(CultureInfo.InvariantCulture, $"lists and maps lie more than {ManifestLimits.Depth} deep")),
            SequenceStart => ReadList(node, depth + 1),
            _ => ReadMap(node, depth + 1),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = new(value, _parser.Current!.End.Index - node.Start.Index + _aliased - aliasedBefore);
        }

        return value;
    }

    private JsonValue ReadList(NodeEvent start, int depth)
    {
        var items = new List<JsonValue>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            _path.Enter(items.Count);
            items.Add(ReadNode(depth));
            _path.Leave();
        }

        return JsonValue.ReadList(items, Line(start), Column(start));
    }

    private JsonValue ReadMap(NodeEvent start, int depth)
    {
        var fields = new ObjectFields();
        HashSet<string>? merged = null;
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            ParsingEvent key = _parser.Current!;
            bool isMerge = key is Scalar { Value: "<<", Style: ScalarStyle.Plain } merge && (merge.Tag.IsEmpty || merge.Tag.Value == YamlTag.Merge);
            string name = isMerge ? "<<" : KeyOf(key);
            _path.Enter(name);
            _parser.MoveNext();
            ParsingEvent valueEvent = _parser.Current!;
            JsonValue value = ReadNode(depth);
            if (isMerge)
            {
                Merge(value, valueEvent, fields, merged ??= new(StringComparer.Ordinal));
            }
            else if (fields[name] is { } first && merged?.Remove(name) != true)
            {
                throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"the key \"{Excerpt.Of(name)}\" stands twice, first with the value in line {first.Line}"));
            }
            else
            {
                fields.Set(name, value);
            }

            _path.Leave();
        }

        return JsonValue.ReadObject(fields.List, Line(start), Column(start));
    }

    /// <summary>As in the parser that kubectl uses, in the order of the text: merged fields replace earlier ones, later ones replace them; of several maps the first counts.</summary>
    /// <source>sigs.k8s.io/yaml v1.6, goyaml.v2/decode.go, mapping and merge</source>
    private void Merge(JsonValue value, ParsingEvent place, ObjectFields fields, HashSet<string> merged)
    {
        if (value.Kind == JsonValueKind.Array)
        {
            for (int i = value.Items.Length - 1; i >= 0; i--)
            {
                MergeOne(value.Items[i], place, fields, merged);
            }
        }
        else
        {
            MergeOne(value, place, fields, merged);
        }
    }

    private void MergeOne(JsonValue value, ParsingEvent place, ObjectFields fields, HashSet<string> merged)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            throw Wrong(place, "expected a map to merge, or a list of maps");
        }

        foreach (JsonField field in value.Fields)
        {
            fields.Set(field.Name, field.Value);
            merged.Add(field.Name);
        }
    }

    private string KeyOf(ParsingEvent key)
    {
        CheckLength(key);
        JsonValue value = key switch
        {
            Scalar => ReadNode(0),
            AnchorAlias alias => Aliased(alias),
            _ => throw Wrong(key, "expected a string as key, found a list or a map"),
        };
        return value.IsNull ? throw Wrong(key, "expected a string as key, found null") : value.Text ?? throw Wrong(key, "expected a string as key, found a list or a map");
    }

    private JsonValue ReadScalar(Scalar scalar)
    {
        JsonValueKind kind = JsonValueKind.String;
        string text = scalar.Value;
        if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific)
        {
            kind = YamlTag.Apply(scalar.Tag.Value, text, out text, out string? wrong);
            if (wrong is not null)
            {
                throw Wrong(scalar, wrong);
            }
        }
        else if (scalar.Style == ScalarStyle.Plain)
        {
            // The parser overlooks that a key with " *" in it is a key.
            kind = scalar.Value.Contains(": ", StringComparison.Ordinal)
                ? throw Wrong(scalar, $"\"{Excerpt.Of(scalar.Value)}\" has a colon and a space in it; quote the key or the string")
                : !_hasLetterBooleans && scalar.Value is ("y" or "Y" or "n" or "N") ? JsonValueKind.String
                : YamlScalar.Resolve(scalar.Value, out text);
        }

        return kind == JsonValueKind.Undefined
            ? throw Wrong(scalar, $"the number {Excerpt.Of(scalar.Value)} is none that JSON can hold; quote it if it is meant as a string")
            : JsonValue.ReadText(kind, text, Line(scalar), Column(scalar));
    }

    private JsonValue Aliased(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out Anchored anchored))
        {
            throw Wrong(alias, $"there is no anchor '{Excerpt.Of(alias.Value.Value)}' before this alias");
        }

        _aliased += anchored.Length;
        return anchored.Value ?? throw Wrong(alias, $"the anchor '{Excerpt.Of(alias.Value.Value)}' contains itself");
    }

    private void CheckLength(ParsingEvent current)
    {
        long written = current.End.Index - _documentStart;
        if (written + _aliased > ManifestLimits.Document)
        {
            throw Wrong(current, string.Create(CultureInfo.InvariantCulture, $"the document is longer than {ManifestLimits.Document} characters{(_aliased > written ? " with its aliases expanded" : "")}"));
        }

        if (_aliased > ManifestLimits.FreeExpansion + (ManifestLimits.Expansion * written))
        {
            throw Wrong(current, string.Create(CultureInfo.InvariantCulture, $"its aliases make the document more than {ManifestLimits.Expansion} times longer than it is written"));
        }
    }

    private ManifestException Wrong(ParsingEvent place, string problem) => new(_fileName, Line(place), Column(place), _path.ToString(), problem);

    private static int Line(ParsingEvent place) => (int)place.Start.Line;

    private static int Column(ParsingEvent place) => (int)place.Start.Column;
}
