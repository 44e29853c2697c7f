using System.Globalization;
using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>What a <c>resolv.conf</c> says.</summary>
internal sealed record ResolverConfiguration
{
    private const string NdotsOption = "ndots:";
    private const string AttemptsOption = "attempts:";
    private const int MostNdots = 15;
    private const int MostAttempts = 5;

    /// <summary>The one of an empty file: names are asked for as they are.</summary>
    public static ResolverConfiguration Empty { get; } = new();

    public EquatableArray<string> Nameservers { get; init; }

    public EquatableArray<string> Searches { get; init; }

    /// <summary>As they stand in the file: <c>ndots:5</c>, <c>use-vc</c>.</summary>
    public EquatableArray<string> Options { get; init; }

    /// <summary>Whose resolver reads the file.</summary>
    public CLibrary Library { get; init; }

    /// <summary>From how many dots on a name is first tried as it is. 0 to 15, 1 by default.</summary>
    public int Ndots => Math.Min(NumberOf(NdotsOption) ?? 1, MostNdots);

    /// <summary>How often a name server is asked that fails or says nothing. 1 to 5, 2 by default.</summary>
    public int Attempts => Math.Clamp(NumberOf(AttemptsOption) ?? 2, 1, MostAttempts);

    /// <summary>Whether IPv6 addresses are not asked for.</summary>
    public bool IsIPv4Only => Options.AsSpan().Contains("no-aaaa");

    /// <summary>Reads a node's file as the kubelet does: name servers add up, the last line of searches and of options counts, final dots and the root are left out.</summary>
    /// <source>kubernetes v1.36 pkg/kubelet/network/dns/dns.go, parseResolvConf</source>
    public static ResolverConfiguration Parse(string text)
    {
        var nameservers = new List<string>();
        ResolverConfiguration configuration = Empty;
        foreach (string line in text.Split('\n'))
        {
            string[] fields = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            switch (fields)
            {
                case ["nameserver", var server, ..]:
                    nameservers.Add(server);
                    break;
                case ["search", ..]:
                    configuration = configuration with { Searches = fields[1..].Select(search => search.TrimEnd('.')).Where(search => search.Length > 0).ToEquatableArray() };
                    break;
                case ["options", ..]:
                    configuration = configuration with { Options = fields[1..].ToEquatableArray() };
                    break;
                default:
                    break;
            }
        }

        return configuration with { Nameservers = nameservers.ToEquatableArray() };
    }

    private int? NumberOf(string option)
    {
        int? number = null;
        foreach (string one in Options)
        {
            if (one.StartsWith(option, StringComparison.Ordinal) && int.TryParse(one.AsSpan(option.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            {
                number = value;
            }
        }

        return number;
    }
}
