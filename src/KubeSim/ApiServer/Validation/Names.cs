using System.Buffers;
using KubeSim.Api;

namespace KubeSim.ApiServer.Validation;

/// <summary>How names, labels and keys may be spelled, and what the server says of those that are not.</summary>
/// <source>kubernetes v1.36, apimachinery/pkg/util/validation/validation.go</source>
internal static class Names
{
    internal const int LabelLength = LabelSyntax.LongestName;
    internal const int SubdomainLength = LabelSyntax.LongestSubdomain;
    internal const int PortNameLength = 15;

    private const string LabelRule =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string OlderLabelRule =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string DataKeyRule =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    private const string PercentRule = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

    private static readonly SearchValues<char> DataKey = SearchValues.Create("-._ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> Lower = SearchValues.Create("-abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>A DNS label: Services, Namespaces, containers.</summary>
    internal static void CheckLabel(FieldErrors errors, string field, string value)
    {
        if (value.Length > LabelLength)
        {
            errors.Invalid(field, value, "must be no more than 63 characters");
        }

        if (!IsLabel(value))
        {
            errors.Invalid(field, value, IsSubdomain(value) ? "must not contain dots" : LabelRule);
        }
    }

    /// <summary>The older rule of DNS labels, which do not begin with a digit.</summary>
    internal static void CheckDns1035Label(FieldErrors errors, string field, string value)
    {
        if (value.Length > LabelLength)
        {
            errors.Invalid(field, value, "must be no more than 63 characters");
        }

        if (!IsLabel(value) || char.IsAsciiDigit(value[0]))
        {
            errors.Invalid(field, value, OlderLabelRule);
        }
    }

    /// <summary>A generated name's beginning as the name that it may become: it may end in what only the inside of a name may hold.</summary>
    internal static string OfPrefix(string prefix) => prefix.Length > 1 && prefix.EndsWith('-') ? $"{prefix[..^1]}a" : prefix;

    /// <summary>A key of a ConfigMap's or Secret's data.</summary>
    internal static void CheckDataKey(FieldErrors errors, string field, string value)
    {
        if (value.Length > SubdomainLength)
        {
            errors.Invalid(field, value, "must be no more than 253 characters");
        }

        if (value.Length == 0 || value.AsSpan().ContainsAnyExcept(DataKey))
        {
            errors.Invalid(field, value, DataKeyRule);
        }

        if (value is "." or "..")
        {
            errors.Invalid(field, value, $"must not be '{value}'");
        }
        else if (value.StartsWith("..", StringComparison.Ordinal))
        {
            errors.Invalid(field, value, "must not start with '..'");
        }
    }

    /// <summary>A share such as 25%.</summary>
    internal static void CheckPercent(FieldErrors errors, string field, string value)
    {
        if (value.Length < 2 || value[^1] != '%' || value.AsSpan(0, value.Length - 1).ContainsAnyExceptInRange('0', '9'))
        {
            errors.Invalid(field, value, PercentRule);
        }
    }

    /// <summary>DNS labels joined by dots: most other names.</summary>
    internal static void CheckSubdomain(FieldErrors errors, string field, string value)
    {
        if (value.Length > SubdomainLength)
        {
            errors.Invalid(field, value, "must be no more than 253 characters");
        }

        if (!IsSubdomain(value))
        {
            errors.Invalid(field, value, LabelSyntax.SubdomainRule);
        }
    }

    /// <summary>The value of a label.</summary>
    internal static void CheckLabelValue(FieldErrors errors, string field, string value)
    {
        foreach (string problem in LabelSyntax.ValueProblems(value))
        {
            errors.Invalid(field, value, problem);
        }
    }

    /// <summary>The key of a label or annotation: a name, or a DNS subdomain, a slash and a name.</summary>
    /// <param name="errors">Where faults go.</param>
    /// <param name="field">What is checked.</param>
    /// <param name="value">Its value.</param>
    /// <param name="shown">What a fault quotes, where that is not the value itself.</param>
    internal static void CheckKey(FieldErrors errors, string field, string value, string? shown = null)
    {
        foreach (string problem in LabelSyntax.KeyProblems(value, "a valid label key"))
        {
            errors.Invalid(field, shown ?? value, problem);
        }
    }

    /// <summary>The name of a container's port, by which a Service may point at it.</summary>
    internal static void CheckPortName(FieldErrors errors, string field, string value)
    {
        if (value.Length > PortNameLength)
        {
            errors.Invalid(field, value, "must be no more than 15 characters");
        }

        if (value.Length == 0 || value.AsSpan().ContainsAnyExcept(Lower))
        {
            errors.Invalid(field, value, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }

        if (!value.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            errors.Invalid(field, value, "must contain at least one letter (a-z)");
        }

        if (value.Contains("--", StringComparison.Ordinal))
        {
            errors.Invalid(field, value, "must not contain consecutive hyphens");
        }

        if (value.StartsWith('-') || value.EndsWith('-'))
        {
            errors.Invalid(field, value, "must not begin or end with a hyphen");
        }
    }

    /// <summary>A port number, 1 to 65535.</summary>
    internal static void CheckPort(FieldErrors errors, string field, int port)
    {
        if (port is < 1 or > 65535)
        {
            errors.Invalid(field, port, "must be between 1 and 65535, inclusive");
        }
    }

    internal static bool IsLabel(ReadOnlySpan<char> value) => LabelSyntax.IsLowerCaseLabel(value);

    internal static bool IsSubdomain(ReadOnlySpan<char> value) => LabelSyntax.IsSubdomain(value);
}
