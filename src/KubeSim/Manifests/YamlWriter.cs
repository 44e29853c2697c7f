using System.Globalization;
using System.Text;
using System.Text.Json;
using KubeSim.Api;

namespace KubeSim.Manifests;

/// <summary>
/// JSON values as YAML, to the character as kubectl prints them: lists at the level of their names, strings quoted only where they would
/// read as something else, several lines as a literal block, long lines folded behind column 80.
/// </summary>
/// <source>sigs.k8s.io/yaml v1.6, goyaml.v2/encode.go and emitterc.go</source>
internal sealed class YamlWriter
{
    private const int Indent = 2;
    private const int Width = 80;
    private const int LongestSimpleKey = 128;
    private readonly StringBuilder _text = new();
    private int _lineStart;

    private YamlWriter()
    {
    }

    private int CurrentColumn => _text.Length - _lineStart;

    /// <summary>One document, ended by a line break.</summary>
    internal static string Write(JsonValue value)
    {
        var writer = new YamlWriter();
        switch (value.Kind)
        {
            case JsonValueKind.Object when !value.Fields.IsEmpty:
                writer.WriteMap(value, 0, isInline: true);
                break;
            case JsonValueKind.Array when !value.Items.IsEmpty:
                writer.WriteList(value, 0, isInline: true);
                break;
            default:
                writer.WriteScalar(value, Indent, isKey: false);
                break;
        }

        writer.StartLine(0);
        return writer._text.ToString();
    }

    private void WriteMap(JsonValue map, int indent, bool isInline)
    {
        JsonField[] fields = [.. map.Fields];
        Array.Sort(fields, static (left, right) => NaturalOrder.Compare(left.Name, right.Name));
        foreach (JsonField field in fields)
        {
            if (!isInline)
            {
                StartLine(indent);
            }

            isInline = false;
            bool isSimple = !field.Name.Contains('\n', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(field.Name) <= LongestSimpleKey;
            if (!isSimple)
            {
                _text.Append("? ");
                WriteText(field.Name, indent + Indent, isKey: false);
                StartLine(indent);
                _text.Append(':');
                WriteItem(field.Value, indent);
                continue;
            }

            WriteText(field.Name, indent + Indent, isKey: true);
            _text.Append(':');
            switch (field.Value.Kind)
            {
                case JsonValueKind.Object when !field.Value.Fields.IsEmpty:
                    WriteMap(field.Value, indent + Indent, isInline: false);
                    break;
                case JsonValueKind.Array when !field.Value.Items.IsEmpty:
                    WriteList(field.Value, indent, isInline: false);
                    break;
                default:
                    _text.Append(' ');
                    WriteScalar(field.Value, indent + Indent, isKey: false);
                    break;
            }
        }
    }

    private void WriteList(JsonValue list, int indent, bool isInline)
    {
        foreach (JsonValue item in list.Items)
        {
            if (!isInline)
            {
                StartLine(indent);
            }

            isInline = false;
            _text.Append('-');
            WriteItem(item, indent);
        }
    }

    /// <summary>A value behind a dash, or behind the colon of a long key: it begins in the same line.</summary>
    private void WriteItem(JsonValue item, int indent)
    {
        _text.Append(' ');
        switch (item.Kind)
        {
            case JsonValueKind.Object when !item.Fields.IsEmpty:
                WriteMap(item, indent + Indent, isInline: true);
                break;
            case JsonValueKind.Array when !item.Items.IsEmpty:
                WriteList(item, indent + Indent, isInline: true);
                break;
            default:
                WriteScalar(item, indent + Indent, isKey: false);
                break;
        }
    }

    private void WriteScalar(JsonValue value, int indent, bool isKey)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object:
                _text.Append("{}");
                break;
            case JsonValueKind.Array:
                _text.Append("[]");
                break;
            case JsonValueKind.String:
                WriteText(value.Text!, indent, isKey);
                break;
            default:
                _text.Append(value.Text);
                break;
        }
    }

    private void WriteText(string text, int indent, bool isKey)
    {
        switch (YamlStyle.Of(text, isKey))
        {
            case YamlStyle.Kind.Plain:
                WriteFolded(text, indent, isKey, isQuoted: false);
                break;
            case YamlStyle.Kind.SingleQuoted:
                _text.Append('\'');
                WriteFolded(text, indent, isKey, isQuoted: true);
                _text.Append('\'');
                break;
            case YamlStyle.Kind.Literal:
                WriteLiteral(text, indent);
                break;
            default:
                WriteDoubleQuoted(text, indent, isKey);
                break;
        }
    }

    /// <summary>Text without line breaks; a single space behind the width becomes a line break, which reads as a space.</summary>
    private void WriteFolded(string text, int indent, bool isKey, bool isQuoted)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool mayFold = !isKey && text[i] == ' ' && i > 0 && i < text.Length - 1 && text[i - 1] != ' ' && text[i + 1] != ' ';
            if (mayFold && CurrentColumn > Width)
            {
                StartLine(indent);
                continue;
            }

            _text.Append(text[i]);
            if (isQuoted && text[i] == '\'')
            {
                _text.Append('\'');
            }
        }
    }

    private void WriteLiteral(string text, int indent)
    {
        _text.Append('|');
        if (text[0] is ' ' or '\n')
        {
            _text.Append(CultureInfo.InvariantCulture, $"{Indent}");
        }

        _text.Append(text[^1] != '\n' ? "-" : text.Length == 1 || text[^2] == '\n' ? "+" : "");
        EndLine();
        bool isLineStart = true;
        foreach (char character in text)
        {
            if (character == '\n')
            {
                EndLine();
                isLineStart = true;
                continue;
            }

            if (isLineStart)
            {
                StartLine(indent);
            }

            isLineStart = false;
            _text.Append(character);
        }
    }

    private void WriteDoubleQuoted(string text, int indent, bool isKey)
    {
        _text.Append('"');
        bool isAfterSpace = false;
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (character == ' ')
            {
                if (!isKey && !isAfterSpace && CurrentColumn > Width && i > 0 && i < text.Length - 1)
                {
                    StartLine(indent);
                    _text.Append(text[i + 1] == ' ' ? "\\" : "");
                }
                else
                {
                    _text.Append(' ');
                }

                isAfterSpace = true;
                continue;
            }

            isAfterSpace = false;
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                _text.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(character, text[++i]):X8}");
            }
            else
            {
                AppendEscaped(character);
            }
        }

        _text.Append('"');
    }

    private void AppendEscaped(char character)
    {
        if (YamlStyle.IsPrintable(character) && character is not ('"' or '\\' or '\n'))
        {
            _text.Append(character);
            return;
        }

        char letter = character switch
        {
            '\0' => '0',
            '\a' => 'a',
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\v' => 'v',
            '\f' => 'f',
            '\r' => 'r',
            '\u001B' => 'e',
            '"' => '"',
            '\\' => '\\',
            '\u0085' => 'N',
            '\u2028' => 'L',
            '\u2029' => 'P',
            _ => 'u',
        };
        _ = letter != 'u' ? _text.Append('\\').Append(letter)
            : character <= byte.MaxValue ? _text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}")
            : _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
    }

    private void EndLine()
    {
        _text.Append('\n');
        _lineStart = _text.Length;
    }

    private void StartLine(int indent)
    {
        if (CurrentColumn > 0)
        {
            EndLine();
        }

        _text.Append(' ', indent);
    }
}
