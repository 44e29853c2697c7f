using System.Globalization;
using System.Text;
using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>Which objects of a kind are meant, by the values of those fields that the kind can be selected by.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/fields/selector.go</source>
internal sealed class FieldSelector
{
    private static readonly string[] Operators = ["!=", "==", "="];

    private readonly FieldTerm[] _terms;

    private FieldSelector(FieldTerm[] terms) => _terms = terms;

    internal static FieldSelector Everything { get; } = new([]);

    internal bool IsEverything => _terms.Length == 0;

    /// <summary>Reads a selector.</summary>
    /// <exception cref="FormatException">It is none; says so as Kubernetes does.</exception>
    internal static FieldSelector Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Everything;
        }

        var terms = new List<FieldTerm>();
        foreach (string part in Parts(text).Where(part => part.Length > 0).Order(StringComparer.Ordinal))
        {
            terms.Add(Term(part) ?? throw new FormatException($"invalid selector: '{text}'; can't understand '{part}'"));
        }

        return new FieldSelector([.. terms]);
    }

    /// <summary>The selector for objects of a kind.</summary>
    /// <exception cref="FormatException">They cannot be selected by such a field.</exception>
    internal FieldSelector For(ResourceType resource) => new([.. _terms.Select(term => term with { Field = SelectableFields.Known(resource, term.Field) })]);

    /// <summary>The selector as Kubernetes writes it.</summary>
    public override string ToString() => string.Join(',', _terms.Select(term => $"{term.Field}{(term.IsNegated ? "!=" : "=")}{term.Value}"));

    /// <summary>The value that the field must have, or null when it may have several.</summary>
    internal string? Required(string field)
    {
        foreach (FieldTerm term in _terms)
        {
            if (term.Field == field && !term.IsNegated)
            {
                return term.Value;
            }
        }

        return null;
    }

    internal bool Matches(KubernetesObject value)
    {
        foreach (FieldTerm term in _terms)
        {
            if ((SelectableFields.ValueOf(value, term.Field) == term.Value) == term.IsNegated)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The terms between the commas that no backslash stands before.</summary>
    private static List<string> Parts(string text)
    {
        var parts = new List<string>();
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static FieldTerm? Term(string part)
    {
        for (int i = 0; i < part.Length; i++)
        {
            foreach (string operation in Operators)
            {
                if (string.CompareOrdinal(part, i, operation, 0, operation.Length) == 0)
                {
                    return new FieldTerm(part[..i], Unescaped(part.AsSpan(i + operation.Length)), operation == "!=");
                }
            }
        }

        return null;
    }

    private static string Unescaped(ReadOnlySpan<char> value)
    {
        var text = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] is ',' or '=')
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"invalid field selector: unescaped character in value: {(int)value[i]}"));
            }

            if (value[i] == '\\' && (++i == value.Length || value[i] is not ('\\' or ',' or '=')))
            {
                throw new FormatException($"invalid field selector: invalid escape sequence: {value[(i - 1)..Math.Min(i + 1, value.Length)]}");
            }

            text.Append(value[i]);
        }

        return text.ToString();
    }
}
