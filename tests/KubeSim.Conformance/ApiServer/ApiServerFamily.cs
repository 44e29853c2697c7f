using System.Text.Json;
using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>Cases of kube-apiserver: tables of facts, objects and their verdicts, sequences of allocations, recorded exchanges. See FORMAT.md of the family.</summary>
internal sealed class ApiServerFamily : IFamily
{
    public string Name => "api-server";

    public IEnumerable<CaseRun> CasesOf(JsonValue file, string path)
    {
        if (file.Kind == JsonValueKind.Object)
        {
            return BandChecks.CasesOf(CaseNode.Of(file, path), file);
        }

        string fileName = path.Split('/')[^1];
        return file.Items.Select(one => CaseOf(one, path, fileName));
    }

    private static CaseRun CaseOf(JsonValue one, string path, string fileName)
    {
        CaseNode node = CaseNode.Of(one, path);
        if (node.Has("steps"))
        {
            return new(node["name"].Text, one, node.Has("cluster") ? SequenceCase.Run : read => ExchangeCase.Run(read, fileName));
        }

        if (node.Has("set"))
        {
            return new(UpdateMatrixCase.NameOf(node), one, UpdateMatrixCase.Run);
        }

        if (node.Has("cluster"))
        {
            return new(CreateMatrixCase.NameOf(node), one, CreateMatrixCase.Run);
        }

        return node.Has("op") ? new(node["name"].Text, one, node.Has("request") ? LiveCase.Run : ValidationCase.Run) : FactChecks.CaseOf(node, one, fileName);
    }
}
