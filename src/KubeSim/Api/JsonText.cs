using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>JSON values as text.</summary>
internal static class JsonText
{
    private const int Depth = 100;

    internal static string Write(JsonValue value, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = int.MaxValue, NewLine = "\n" }))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads one JSON value.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static JsonValue Read(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Depth });
        try
        {
            reader.Read();
            JsonValue value = Read(ref reader);
            return reader.Read() ? throw new FormatException("Something stands behind the value.") : value;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or ArgumentException)
        {
            string place = wrong is JsonException ? "" : string.Create(CultureInfo.InvariantCulture, $" Byte: {reader.TokenStartIndex}.");
            throw new FormatException($"'{Excerpt.Of(text)}' is not JSON: {wrong.Message}{place}", wrong);
        }
    }

    private static JsonValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var fields = new List<JsonField>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = reader.GetString()!;
                    reader.Read();
                    fields.Add(new(name, Read(ref reader)));
                }

                return JsonValue.OfObject([.. fields]);
            case JsonTokenType.StartArray:
                var items = new List<JsonValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader));
                }

                return JsonValue.OfList([.. items]);
            case JsonTokenType.String:
                return JsonValue.OfText(reader.GetString()!);
            case JsonTokenType.Number:
                return JsonValue.OfNumberText(Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True or JsonTokenType.False:
                return JsonValue.OfBoolean(reader.TokenType == JsonTokenType.True);
            default:
                return JsonValue.Null;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonField field in value.Fields)
                {
                    writer.WritePropertyName(field.Name);
                    Write(writer, field.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonValue item in value.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.Text);
                break;
            default:
                writer.WriteRawValue(value.Text!);
                break;
        }
    }
}
