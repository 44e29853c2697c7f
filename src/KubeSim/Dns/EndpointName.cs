using KubeSim.Addressing;
using KubeSim.Api;

namespace KubeSim.Dns;

/// <summary>What an endpoint is called in its Service: its hostname, or its address with dashes.</summary>
/// <source>coredns plugin/kubernetes/kubernetes.go, endpointHostname</source>
internal static class EndpointName
{
    private const int LongestLabel = 63;

    public static string Of(Endpoint endpoint, string address, bool usePodNames)
    {
        if (!string.IsNullOrEmpty(endpoint.Hostname))
        {
            return endpoint.Hostname;
        }

        if (usePodNames && endpoint.TargetRef?.Name is { Length: > 0 and <= LongestLabel } pod)
        {
            return pod;
        }

        string dashed = address.Replace(address.Contains('.', StringComparison.Ordinal) ? '.' : ':', '-');
        return dashed.EndsWith('-') ? dashed + "0" : dashed;
    }

    /// <summary>Whether an endpoint is called that, without building its name.</summary>
    public static bool Matches(ReadOnlySpan<char> label, Endpoint endpoint, string address, bool usePodNames)
    {
        if (!string.IsNullOrEmpty(endpoint.Hostname))
        {
            return label.Equals(endpoint.Hostname, StringComparison.OrdinalIgnoreCase);
        }

        return usePodNames && endpoint.TargetRef?.Name is { Length: > 0 and <= LongestLabel } pod
            ? label.Equals(pod, StringComparison.OrdinalIgnoreCase)
            : IsDashed(label, address);
    }

    /// <summary>The address that a label of a Pod's name spells: <c>10-244-1-5</c>, or dashes for the colons of IPv6.</summary>
    public static bool TryReadAddress(ReadOnlySpan<char> label, out IpAddress address)
    {
        Span<char> text = stackalloc char[label.Length];
        label.CopyTo(text);
        bool isIPv4 = label.Count('-') == 3 && label.IndexOf("--", StringComparison.Ordinal) < 0;
        text.Replace('-', isIPv4 ? '.' : ':');
        return IpAddress.TryParse(text, out address);
    }

    private static bool IsDashed(ReadOnlySpan<char> label, string address)
    {
        if (label.Length < address.Length)
        {
            return false;
        }

        for (int i = 0; i < address.Length; i++)
        {
            char wanted = address[i] is '.' or ':' ? '-' : address[i];
            if (char.ToLowerInvariant(label[i]) != char.ToLowerInvariant(wanted))
            {
                return false;
            }
        }

        ReadOnlySpan<char> rest = label[address.Length..];
        return address[^1] == ':' ? rest is ['0'] : rest.IsEmpty;
    }
}
