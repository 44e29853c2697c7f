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
