namespace KubeSim.Tests.Tidy;

/// <summary>Which room may use which: the table of src/README.md, spelled out.</summary>
internal static class RoomTable
{
    /// <summary>The namespace above the rooms: the front door, which may use every room and which no room uses.</summary>
    public const string FrontDoor = "";

    private static readonly string[] Objects = ["Collections", "Addressing", "Simulation", "Api"];

    public static readonly SortedDictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Collections"] = [],
        ["Addressing"] = ["Collections"],
        ["Simulation"] = ["Collections"],
        ["Api"] = ["Collections", "Addressing"],
        ["Manifests"] = ["Collections", "Addressing", "Api"],
        ["Tracing"] = ["Collections", "Addressing", "Simulation"],
        ["Measurement"] = ["Collections", "Addressing", "Simulation", "Tracing"],
        ["LoadBalancing"] = Objects,
        ["Dataplane"] = [.. Objects, "Tracing", "Measurement", "LoadBalancing"],
        ["ApiServer"] = Objects,
        ["Controllers"] = [.. Objects, "ApiServer"],
        ["Dns"] = [.. Objects, "ApiServer", "Tracing"],
        ["Proxy"] = [.. Objects, "ApiServer", "Dataplane", "LoadBalancing", "Tracing"],
        ["Kubelet"] = [.. Objects, "ApiServer", "Dataplane", "Tracing"],
        ["CloudProvider"] = [.. Objects, "ApiServer", "Dataplane", "Tracing"],
        ["Http"] = [.. Objects, "Tracing", "Dataplane", "Dns"],
    };

    /// <summary>One line for each pair of types that the table does not allow, in ordinal order.</summary>
    public static IReadOnlyList<string> Violations(IEnumerable<RoomUse> uses) =>
        [.. uses.Where(use => !Allows(use)).Select(use => use.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>The same table as a page shows it: rows of <c>| `Room` | what is in it | uses |</c>.</summary>
    public static Dictionary<string, string[]> Rows(string page) =>
        page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|'))
            .ToDictionary(cells => cells[1].Trim(' ', '`'), cells => Rooms(cells[3]), StringComparer.Ordinal);

    /// <summary>A room from which the table leads back to itself, or null.</summary>
    public static string? Cycle(IReadOnlyDictionary<string, string[]> table) =>
        table.Keys.FirstOrDefault(room => Reachable(table, room).Contains(room));

    private static string[] Rooms(string cell) =>
        [.. cell.Split(',', StringSplitOptions.TrimEntries).SelectMany(name => name switch { "*objects*" => Objects, "nothing" => [], _ => [name] })];

    private static bool Allows(RoomUse use) =>
        use.From == use.To
        || (use.From == FrontDoor ? MayUse.ContainsKey(use.To) : MayUse.TryGetValue(use.From, out string[]? rooms) && rooms.Contains(use.To, StringComparer.Ordinal));

    private static HashSet<string> Reachable(IReadOnlyDictionary<string, string[]> table, string start)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out string? room))
        {
            foreach (string next in table.TryGetValue(room, out string[]? rooms) ? rooms : [])
            {
                if (seen.Add(next)) open.Push(next);
            }
        }

        return seen;
    }
}
