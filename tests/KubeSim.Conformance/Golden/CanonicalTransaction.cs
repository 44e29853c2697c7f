namespace KubeSim.Conformance.Golden;

/// <summary>
/// Inputs of <c>nft -f -</c> as lines that two of them can be compared by. kube-proxy takes the Services in random order, and their endpoints
/// too where those for the cluster and those of the node differ: the order counts within each service port and within each endpoint.
/// </summary>
internal static class CanonicalTransaction
{
    private const string Start = "# nft -f -";
    private const int NamePlace = 4;

    /// <summary>The canonical lines of inputs, each after a line with the command.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var lines = new List<string>();
        int number = 0;
        foreach (string[] input in Inputs(text))
        {
            lines.Add($"{++number}: an input");
            lines.AddRange(Of(input).Select(line => $"{number}: {line}"));
        }

        return lines;
    }

    /// <summary>Our inputs as the recording writes them.</summary>
    public static string Recorded(IEnumerable<string> inputs) => string.Concat(inputs.Select(input => $"{Start}\n{input}"));

    private static IEnumerable<string[]> Inputs(string text) =>
        text.Split(Start + "\n").Skip(1).Select(input => input.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Of(string[] lines)
    {
        int end = lines.Length;
        while (end > 0 && IsRemoval(lines, end - 1))
        {
            end--;
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < lines.Length; i++)
        {
            string part = (i < end ? "" : "removed ") + PartOf(lines[i]);
            bool isAnywhere = i < end ? IsOfAnyService(lines[i]) : lines[i].StartsWith("delete element", StringComparison.Ordinal);
            int place = isAnywhere ? 0 : places[part] = places.GetValueOrDefault(part) + 1;
            yield return isAnywhere ? $"{part}: {lines[i]}" : $"{part}: {lines[i]}   #{place}";
        }
    }

    /// <summary>Whether a line takes away what no Service wants any more; these come last.</summary>
    private static bool IsRemoval(string[] lines, int place) =>
        lines[place].StartsWith("delete ", StringComparison.Ordinal)
        || (lines[place].StartsWith("flush chain ", StringComparison.Ordinal) && (place == 0 || lines[place - 1] != "add" + lines[place]["flush".Length..]));

    /// <summary>Elements that Services share come with whichever is first.</summary>
    private static bool IsOfAnyService(string line) =>
        line.Contains(" element ", StringComparison.Ordinal) && PartOf(line).Length == 0 && !line.Contains(" nodeport-ips ", StringComparison.Ordinal);

    /// <summary>The service port that a line names, as <c>namespace/name:port</c>, or the endpoint whose chain or set it names; empty for none.</summary>
    private static string PartOf(string line)
    {
        string[] words = line.Split(' ');
        if (words.Length > NamePlace && words[NamePlace].Contains('/', StringComparison.Ordinal))
        {
            return words[NamePlace].Contains("__", StringComparison.Ordinal) ? words[NamePlace].Split('-', 2)[1] : OfChain(words[NamePlace]);
        }

        int comment = Array.IndexOf(words, "comment");
        return words[1] != "element" ? ""
            : comment > 0 ? OfComment(words[comment + 1].Trim('"'))
            : words[^2].Contains('/', StringComparison.Ordinal) ? OfChain(words[^2]) : "";
    }

    private static string OfChain(string chain)
    {
        string[] parts = chain.Split('-', 3)[2].Split('/');
        return $"{parts[0]}/{parts[1]}:{parts.ElementAtOrDefault(3)}";
    }

    private static string OfComment(string comment) => comment.Contains(':', StringComparison.Ordinal) ? comment : comment + ":";
}
