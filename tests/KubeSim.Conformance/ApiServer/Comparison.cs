using System.Globalization;
using System.Text.Json;
using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>Compares what a server said with what a case expects, member by member; the order of members does not count.</summary>
internal sealed class Comparison(Findings findings, Tokens tokens)
{
    public Tokens Tokens => tokens;

    public Findings Findings => findings;

    public void Check(CaseNode where, JsonValue? found, JsonValue expected, string path)
    {
        if (found is null)
        {
            findings.Add(where, $"{path} is missing: {expected}");
            return;
        }

        switch (expected.Kind)
        {
            case JsonValueKind.Object when found.Kind == JsonValueKind.Object:
                CheckMembers(where, found, expected, path);
                break;
            case JsonValueKind.Array when found.Kind == JsonValueKind.Array && found.Items.Length == expected.Items.Length:
                for (int i = 0; i < expected.Items.Length; i++)
                {
                    Check(where, found.Items[i], expected.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
                }

                break;
            case JsonValueKind.String when Tokens.AreIn(expected.Text!) && found.Text is { } text && !found.IsNull:
                CheckText(where, text, expected.Text!, path);
                break;
            default:
                if (!found.Equals(expected))
                {
                    findings.Add(where, $"{path}: expected {expected}, found {found}");
                }

                break;
        }
    }

    public void CheckText(CaseNode where, string? found, string expected, string path)
    {
        if (found is null || !tokens.Match(expected, found))
        {
            findings.Add(where, $"{path}: expected {expected}, found {found}");
        }
    }

    /// <summary>A value to send, with what the server chose earlier in the place of names.</summary>
    public JsonValue Fill(CaseNode where, JsonValue value) => value.Kind switch
    {
        JsonValueKind.Object => JsonValue.OfObject([.. value.Fields.Select(field => new JsonField(field.Name, Fill(where, field.Value)))]),
        JsonValueKind.Array => JsonValue.OfList([.. value.Items.Select(item => Fill(where, item))]),
        JsonValueKind.String => FillText(where, value),
        _ => value,
    };

    private JsonValue FillText(CaseNode where, JsonValue value)
    {
        string text = value.Text!;
        if (!Tokens.AreIn(text))
        {
            return value;
        }

        if (text is "<time>" or "<microtime>" or "<now>")
        {
            return JsonValue.OfText("2030-01-01T00:00:00Z");
        }

        string filled = tokens.Fill(text) ?? throw where.Wrong($"sends {text}, which the server has not said before");
        bool isPort = text.StartsWith("$NP_", StringComparison.Ordinal) || text.StartsWith("$HCNP_", StringComparison.Ordinal)
            || text.StartsWith("<nodePort", StringComparison.Ordinal) || text.StartsWith("<healthCheckNodePort", StringComparison.Ordinal);
        return isPort ? JsonValue.OfNumber(long.Parse(filled, CultureInfo.InvariantCulture)) : JsonValue.OfText(filled);
    }

    private void CheckMembers(CaseNode where, JsonValue found, JsonValue expected, string path)
    {
        foreach (JsonField member in expected.Fields)
        {
            Check(where, found[member.Name], member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}");
        }

        foreach (JsonField member in found.Fields)
        {
            if (expected[member.Name] is null)
            {
                findings.Add(where, $"{path}.{member.Name} is not expected: {member.Value}");
            }
        }
    }
}
