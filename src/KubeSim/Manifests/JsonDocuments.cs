using System.Globalization;
using System.Text;
using System.Text.Json;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Manifests;

/// <summary>JSON text into JSON values that remember their places: one document or several, one behind the other.</summary>
internal ref struct JsonDocuments
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string? _fileName;
    private readonly DocumentPath _path = new();
    private Utf8JsonReader _reader;
    private long _start;
    private int _placed;
    private int _line = 1;
    private int _column = 1;

    private JsonDocuments(ReadOnlySpan<byte> bytes, string? fileName)
    {
        _bytes = bytes;
        _fileName = fileName;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = ManifestLimits.Depth, AllowMultipleValues = true });
    }

    /// <summary>Reads all documents.</summary>
    /// <exception cref="ManifestException">The text is not JSON, or larger or deeper than allowed.</exception>
    internal static List<JsonValue> Read(string text, string? fileName)
    {
        var documents = new JsonDocuments(Encoding.UTF8.GetBytes(text.StartsWith('\uFEFF') ? text[1..] : text), fileName);
        try
        {
            return documents.ReadAll();
        }
        catch (JsonException wrong)
        {
            int end = wrong.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            string problem = end < 0 ? wrong.Message : wrong.Message[..end];
            ManifestText.PlaceInLine(text, (int)(wrong.LineNumber ?? 0), (int)(wrong.BytePositionInLine ?? 0), out int line, out int column);
            throw new ManifestException(fileName, line, column, documents._path.ToString(), "not JSON: " + problem.TrimEnd('.'), wrong);
        }
    }

    private List<JsonValue> ReadAll()
    {
        var documents = new List<JsonValue>();
        while (_reader.Read())
        {
            _start = _reader.TokenStartIndex;
            JsonValue document = ReadValue();
            if (!document.IsNull)
            {
                documents.Add(document);
            }
        }

        return documents;
    }

    private JsonValue ReadValue()
    {
        (int line, int column) = Place();
        if (_reader.BytesConsumed - _start > ManifestLimits.Document)
        {
            throw Wrong(line, column, string.Create(CultureInfo.InvariantCulture, $"the document is longer than {ManifestLimits.Document} bytes"));
        }

        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(line, column);
            case JsonTokenType.StartArray:
                var items = new List<JsonValue>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    _path.Enter(items.Count);
                    items.Add(ReadValue());
                    _path.Leave();
                }

                return JsonValue.ReadList(items, line, column);
            case JsonTokenType.String:
                return JsonValue.ReadText(JsonValueKind.String, Text(line, column), line, column);
            case JsonTokenType.Number:
                string digits = Encoding.UTF8.GetString(_reader.ValueSpan);
                return YamlScalar.Resolve(digits, out string spelled) == JsonValueKind.Number
                    ? JsonValue.ReadText(JsonValueKind.Number, spelled, line, column)
                    : throw Wrong(line, column, $"the number {Excerpt.Of(digits)} is too large");
            case JsonTokenType.True:
                return JsonValue.ReadText(JsonValueKind.True, "true", line, column);
            case JsonTokenType.False:
                return JsonValue.ReadText(JsonValueKind.False, "false", line, column);
            default:
                return JsonValue.ReadText(JsonValueKind.Null, "null", line, column);
        }
    }

    private JsonValue ReadObject(int line, int column)
    {
        var fields = new ObjectFields();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            (int keyLine, int keyColumn) = Place();
            string name = Text(keyLine, keyColumn);
            _path.Enter(name);
            if (fields[name] is { } first)
            {
                throw Wrong(keyLine, keyColumn, string.Create(CultureInfo.InvariantCulture, $"the key \"{Excerpt.Of(name)}\" stands twice, first with the value in line {first.Line}"));
            }

            _reader.Read();
            fields.Set(name, ReadValue());
            _path.Leave();
        }

        return JsonValue.ReadObject(fields.List, line, column);
    }

    private string Text(int line, int column)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(line, column, "the string has half of a surrogate pair, which is no character");
        }
    }

    /// <summary>Where the present token begins; the text before it is looked through once.</summary>
    private (int Line, int Column) Place()
    {
        int start = (int)_reader.TokenStartIndex;
        ReadOnlySpan<byte> passed = _bytes[_placed..start];
        int newLine = passed.LastIndexOf((byte)'\n');
        if (newLine >= 0)
        {
            _line += passed.Count((byte)'\n');
            _column = 1;
            passed = passed[(newLine + 1)..];
        }

        _column += Encoding.UTF8.GetCharCount(passed);
        _placed = start;
        return (_line, _column);
    }

    private readonly ManifestException Wrong(int line, int column, string problem) => new(_fileName, line, column, _path.ToString(), problem);
}
