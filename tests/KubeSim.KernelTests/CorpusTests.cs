using System.Text.Json;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Conformance.KubeProxy;
using KubeSim.Conformance.Reading;
using KubeSim.Manifests;

namespace KubeSim.KernelTests;

/// <summary>Every flow of the conformance cases of kube-proxy, sent through a real kernel: the case, the kernel and KubeSim agree.</summary>
public sealed class CorpusTests
{
    /// <summary>SCTP needs a module of the kernel that few machines load.</summary>
    private const string NotSent = "SCTP";

    private static string Folder => Environment.GetEnvironmentVariable("KUBESIM_CASES") is { Length: > 0 } named ? Path.GetFullPath(named) : Path.Combine(AppContext.BaseDirectory, "Cases");

    private static IEnumerable<TestCaseData> Cases()
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Folder, "kube-proxy"), "*.yaml").Order(StringComparer.Ordinal))
        {
            JsonValue file = YamlDocuments.Read(File.ReadAllText(path), Path.GetFileName(path))[0];
            foreach (JsonValue one in file.Kind == JsonValueKind.Array ? file.Items.ToImmutableArray() : [file])
            {
                foreach (JsonValue mode in HasFlows(one) ? one["modes"]!.Items.ToImmutableArray() : [])
                {
                    if (mode.Text is "iptables" or "nftables")
                    {
                        yield return new TestCaseData(one, mode.Text).SetName($"{one["name"]!.Text} [{mode.Text}]");
                    }
                }
            }
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void The_kernel_agrees(object file, string mode)
    {
        CaseNode node = CaseNode.Of((JsonValue)file, "case");
        var proxy = new ProxyUnderTest(ProxyConfiguration.Read(node.Find("proxy"), mode));
        proxy.Apply(node.Find("objects"));
        CorpusFlow[] flows = Flows(node, mode);
        var differences = new List<string>(CorpusCheck.Differences(proxy, flows));
        foreach (CaseNode update in node.Find("updates")?.Items ?? [])
        {
            proxy.Delete(update.Find("delete"));
            proxy.Apply(update.Find("objects"));
            differences.AddRange(CorpusCheck.Differences(proxy, Flows(update, mode)));
        }

        KernelSetUp.Tally.Differences += differences.Count;
        differences.Should().BeEmpty();
    }

    private static bool HasFlows(JsonValue one) => one["flows"] is not null || (one["updates"] is { } updates && updates.Items.ToImmutableArray().Any(update => update["flows"] is not null));

    private static CorpusFlow[] Flows(CaseNode node, string mode) =>
    [
        .. (node.Find("flows")?.Items ?? [])
            .Where(flow => flow["protocol"].Text != NotSent && (!flow.Has("modes") || flow.Texts("modes").Contains(mode, StringComparer.Ordinal)))
            .Select(flow => new CorpusFlow(
                flow["name"].Text, IpAddress.Parse(flow["from"].Text), new IpPort(IpAddress.Parse(flow["to"].Text), flow["port"].Int), Protocols.Read(flow["protocol"]),
                flow["outcome"].Text, [.. flow.Texts("endpoints").Select(IpPort.Parse)], flow["masquerade"].Boolean)),
    ];
}
