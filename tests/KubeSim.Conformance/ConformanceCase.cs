using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance;

/// <summary>One test.</summary>
/// <param name="Id">Family, file and case: <c>kube-proxy/clusterip-general.yaml: clusterip-general [iptables]</c>; what a deviation names.</param>
/// <param name="Run">Does all of it; throws where the case does not hold.</param>
public sealed record ConformanceCase(string Id, Action Run)
{
    /// <summary>A test for a case: what the runner leaves unread fails it, too.</summary>
    public static ConformanceCase Of(string file, CaseRun run) => new($"{file}: {run.Name}", () =>
    {
        CaseNode node = CaseNode.Of(run.Value, file);
        run.Run(node);
        node.EnsureAllRead();
    });

    /// <summary>A test that can only fail.</summary>
    public static ConformanceCase Broken(string file, string problem) => new(file, () => throw new CaseFormatException($"{file}: {problem}"));

    public override string ToString() => Id;
}
