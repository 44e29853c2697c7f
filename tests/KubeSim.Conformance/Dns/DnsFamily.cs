using System.Globalization;
using System.Text.Json;
using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Dns;

/// <summary>
/// Cases of DNS. A file is one world; each of its questions stands alone there, so that each is a test: of the server (<c>queries</c>), of a C library
/// (<c>lookups</c>), of the kubelet (<c>cases</c>). The <c>steps</c> of a timeline are one test.
/// </summary>
internal sealed class DnsFamily : IFamily
{
    private static readonly string[] Lists = ["queries", "lookups", "cases"];

    public string Name => "dns";

    public IEnumerable<CaseRun> CasesOf(JsonValue file, string path)
    {
        foreach (JsonValue one in file.Kind == JsonValueKind.Array ? file.Items.ToImmutableArray() : [file])
        {
            foreach (CaseRun run in RunsOf(one, path))
            {
                yield return run;
            }
        }
    }

    private static IEnumerable<CaseRun> RunsOf(JsonValue one, string path)
    {
        CaseNode node = CaseNode.Of(one, path);
        string name = node["name"].Text;
        if (node.Has("steps"))
        {
            yield return new(name, one, Timeline.Run);
        }

        foreach (string list in Lists.Where(node.Has))
        {
            IReadOnlyList<CaseNode> items = node[list].Items;
            for (int i = 0; i < items.Count; i++)
            {
                int place = i;
                string what = items[i].Find("name")?.Text ?? $"{items[i]["qname"].Text} {items[i]["qtype"].Text}";
                yield return new(string.Create(CultureInfo.InvariantCulture, $"{name} [{i + 1} {what}]"), one, read => Run(read, list, place));
            }
        }
    }

    private static void Run(CaseNode node, string list, int place)
    {
        IReadOnlyList<CaseNode> items = node[list].Items;
        for (int i = 0; i < items.Count; i++)
        {
            if (i != place)
            {
                _ = items[i].Whole; // a test of its own
            }
        }

        node.Skip("name", "source", "basis", "notes");
        var findings = new Findings();
        switch (list)
        {
            case "queries":
                QueryChecks.Check(items[place], DnsUnderTest.Read(node), findings);
                break;
            case "lookups":
                LookupChecks.Check(node, items[place], findings);
                break;
            default:
                PodFileChecks.Check(node, items[place], findings);
                break;
        }

        findings.Conclude();
    }
}
