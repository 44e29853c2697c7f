namespace KubeSim.Conformance.Golden;

/// <summary>
/// An <c>iptables-save</c> dump or <c>iptables-restore</c> input as sorted lines that two of them can be compared by: kube-proxy visits Services in
/// random order, so in the chains that they share rules are a set; in every other chain a rule has its place.
/// </summary>
internal static class CanonicalIptables
{
    private const string Last = "must be the last rule";

    private static readonly string[] Shared = ["KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-EXTERNAL-SERVICES", "KUBE-PROXY-FIREWALL"];

    public static IReadOnlyList<string> Of(string text)
    {
        var lines = new List<string>();
        string table = "";
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string raw in text.Split('\n'))
        {
            string line = string.Join(' ', raw.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            if (line.StartsWith('*'))
            {
                table = line;
                lines.Add(table);
            }
            else if (line.StartsWith("# ip", StringComparison.Ordinal))
            {
                lines.Add($"{(table = line)} #{Next(places, line)}");
            }
            else if (line.StartsWith(':'))
            {
                lines.Add($"{table} {line}");
            }
            else if (line.StartsWith('-'))
            {
                lines.Add(Rule(table, line, places));
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Rule(string table, string line, Dictionary<string, int> places)
    {
        string chain = line.Split(' ')[1];
        bool isDeletion = line.StartsWith("-X", StringComparison.Ordinal);
        if (isDeletion || (Shared.Contains(chain, StringComparer.Ordinal) && !line.Contains(Last, StringComparison.Ordinal)))
        {
            // A shared chain's rule after the one that must be the last would never be reached.
            return places.ContainsKey($"{table} {chain} {Last}") ? $"{table} {line}   after the last rule" : $"{table} {line}";
        }

        if (line.Contains(Last, StringComparison.Ordinal))
        {
            Next(places, $"{table} {chain} {Last}");
            return $"{table} {line}   the last rules";
        }

        return $"{table} {line}   #{Next(places, $"{table} {chain}")}";
    }

    private static int Next(Dictionary<string, int> places, string key) => places[key] = places.GetValueOrDefault(key) + 1;
}
