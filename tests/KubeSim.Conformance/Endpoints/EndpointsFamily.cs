using System.Globalization;
using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Endpoints;

/// <summary>Cases of the controllers of endpoints and what they depend on. A file is a suite: cases of one kind, each of which stands alone.</summary>
internal sealed class EndpointsFamily : IFamily
{
    private static readonly Dictionary<string, Action<CaseNode, CaseNode, Findings>> Functions = new(StringComparer.Ordinal)
    {
        ["deployment-fenceposts"] = RolloutChecks.CheckLimits,
        ["deployment-proportional-scaling"] = RolloutChecks.CheckScaling,
        ["deployment-rollout"] = RolloutChecks.CheckTrace,
        ["hints-add"] = HintChecks.CheckTopology,
        ["hints-giving-receiving"] = HintChecks.CheckExchange,
        ["pod-readiness-conditions"] = PodChecks.CheckConditions,
        ["replicaset-scale-down-ranking"] = PodChecks.CheckDeletionOrder,
        ["traffic-distribution-functions"] = HintChecks.CheckTrafficDistribution,
        ["trigger-time"] = PodChecks.CheckTriggerTimes,
    };

    public string Name => "endpoints";

    public IEnumerable<CaseRun> CasesOf(JsonValue file, string path)
    {
        CaseNode node = CaseNode.Of(file, path);
        node.Skip("title", "source", "model");
        string suite = node["suite"].Text;
        Action<CaseNode, CaseNode, Findings> check = node["level"].Text switch
        {
            "controller" => (_, one, findings) => ControllerCase.Run(one, suite, findings),
            "function" when Functions.TryGetValue(suite, out Action<CaseNode, CaseNode, Findings>? function) => function,
            "function" => throw node["suite"].Wrong($"has no runner: {suite}"),
            _ => throw node["level"].Wrong("is no level"),
        };

        IReadOnlyList<CaseNode> cases = node["cases"].Items;
        for (int i = 0; i < cases.Count; i++)
        {
            int place = i;
            yield return new(string.Create(CultureInfo.InvariantCulture, $"{cases[i]["name"].Text}"), file, read => Run(read, place, check));
        }
    }

    private static void Run(CaseNode file, int place, Action<CaseNode, CaseNode, Findings> check)
    {
        file.Skip("suite", "title", "level", "source", "model");
        IReadOnlyList<CaseNode> cases = file["cases"].Items;
        for (int i = 0; i < cases.Count; i++)
        {
            if (i != place)
            {
                _ = cases[i].Whole; // a test of its own
            }
        }

        cases[place].Skip("name", "source", "note");
        var findings = new Findings();
        check(file, cases[place], findings);
        findings.Conclude();
    }
}
