using System.Globalization;

namespace KubeSim.Api;

/// <summary>One requirement of a selector on one label.</summary>
/// <param name="key">The label's key.</param>
/// <param name="operation">One of the operators as kubectl writes them.</param>
/// <param name="values">In ordinal order.</param>
/// <source>kubernetes v1.36, apimachinery pkg/labels/selector.go, Requirement</source>
internal sealed class SelectorRequirement(string key, string operation, string[] values)
{
    internal const string Exists = "exists";
    internal const string DoesNotExist = "!";

    private readonly long _bound = operation is ">" or "<" ? long.Parse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;

    internal string Key => key;

    /// <summary>The value that the label must have, where there is but one.</summary>
    internal string? OnlyValue => operation is "=" or "==" or "in" && values.Length == 1 ? values[0] : null;

    public override string ToString() => operation switch
    {
        Exists => key,
        DoesNotExist => $"!{key}",
        "in" or "notin" => $"{key} {operation} ({string.Join(',', values)})",
        _ => $"{key}{operation}{values[0]}",
    };

    internal bool Matches(LabelSet labels)
    {
        string? value = labels[key];
        return operation switch
        {
            Exists => value is not null,
            DoesNotExist => value is null,
            "!=" or "notin" => value is null || !Allows(value),
            ">" => TryParse(value, out long number) && number > _bound,
            "<" => TryParse(value, out long number) && number < _bound,
            _ => value is not null && Allows(value),
        };
    }

    internal static bool TryParse(string? value, out long number) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private bool Allows(string value) => Array.BinarySearch(values, value, StringComparer.Ordinal) >= 0;
}
