using System.Text.Json;
using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>Cases of kube-proxy: one test for each case and each of its modes. See FORMAT.md of the family.</summary>
internal sealed class KubeProxyFamily : IFamily
{
    public string Name => "kube-proxy";

    public IEnumerable<CaseRun> CasesOf(JsonValue file, string path)
    {
        foreach (JsonValue one in file.Kind == JsonValueKind.Array ? file.Items.ToImmutableArray() : [file])
        {
            CaseNode node = CaseNode.Of(one, path);
            string name = node["name"].Text;
            foreach (string mode in node.Texts("modes") is { Count: > 0 } modes ? modes : throw node.Wrong("has no modes"))
            {
                yield return new($"{name} [{mode}]", one, read => KubeProxyCase.Run(read, mode));
            }
        }
    }
}
