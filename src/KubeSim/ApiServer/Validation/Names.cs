using System.Buffers;

namespace KubeSim.ApiServer.Validation;

/// <summary>How names, labels and keys may be spelled, and what the server says of those that are not.</summary>
/// <source>kubernetes v1.36, apimachinery/pkg/util/validation/validation.go</source>
internal static class Names
{
    internal const int LabelLength = 63;
    internal const int SubdomainLength = 253;
    internal const int PortNameLength = 15;

    private const string LabelRule =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string SubdomainRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelValueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string KeyRule =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private static readonly SearchValues<char> Lower = SearchValues.Create("-abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> Word = SearchValues.Create("-_.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

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
            errors.Invalid(field, value, SubdomainRule);
        }
    }

    /// <summary>The value of a label.</summary>
    internal static void CheckLabelValue(FieldErrors errors, string field, string value)
    {
        if (value.Length > LabelLength)
        {
            errors.Invalid(field, value, "must be no more than 63 bytes");
        }

        if (value.Length != 0 && !IsWord(value))
        {
            errors.Invalid(field, value, LabelValueRule);
        }
    }

    /// <summary>The key of a label or annotation: a name, or a DNS subdomain, a slash and a name.</summary>
    /// <param name="errors">Where faults go.</param>
    /// <param name="field">What is checked.</param>
    /// <param name="value">Its value.</param>
    /// <param name="shown">What a fault quotes, where that is not the value itself.</param>
    internal static void CheckKey(FieldErrors errors, string field, string value, string? shown = null)
    {
        shown ??= value;
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash != value.LastIndexOf('/'))
        {
            errors.Invalid(field, shown, $"a valid label key {KeyRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return;
        }

        if (slash >= 0)
        {
            ReadOnlySpan<char> prefix = value.AsSpan(0, slash);
            if (prefix.IsEmpty)
            {
                errors.Invalid(field, shown, "prefix part must be non-empty");
            }
            else
            {
                if (prefix.Length > SubdomainLength)
                {
                    errors.Invalid(field, shown, "prefix part must be no more than 253 bytes");
                }

                if (!IsSubdomain(prefix))
                {
                    errors.Invalid(field, shown, $"prefix part {SubdomainRule}");
                }
            }
        }

        ReadOnlySpan<char> name = value.AsSpan(slash + 1);
        if (name.IsEmpty)
        {
            errors.Invalid(field, shown, "name part must be non-empty");
        }
        else if (name.Length > LabelLength)
        {
            errors.Invalid(field, shown, "name part must be no more than 63 bytes");
        }

        if (!IsWord(name))
        {
            errors.Invalid(field, shown, $"name part {KeyRule}");
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

    internal static bool IsLabel(ReadOnlySpan<char> value) =>
        !value.IsEmpty && value[0] != '-' && value[^1] != '-' && !value.ContainsAnyExcept(Lower);

    internal static bool IsSubdomain(ReadOnlySpan<char> value)
    {
        while (value.IndexOf('.') is >= 0 and var dot)
        {
            if (!IsLabel(value[..dot]))
            {
                return false;
            }

            value = value[(dot + 1)..];
        }

        return IsLabel(value);
    }

    private static bool IsWord(ReadOnlySpan<char> value) =>
        !value.IsEmpty && char.IsAsciiLetterOrDigit(value[0]) && char.IsAsciiLetterOrDigit(value[^1]) && !value.ContainsAnyExcept(Word);
}
