using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Manifests;

namespace KubeSim.Conformance.Golden;

/// <summary>A sequence of changes with what the real kube-proxy did at each step.</summary>
internal sealed class GoldenSequence
{
    private static readonly string[] Interfaces = ["127.0.0.1/8", "::1/128", "192.168.0.2/24", "192.168.1.2/24"];

    private readonly string _folder;

    private GoldenSequence(string folder, IReadOnlyList<GoldenStep> steps)
    {
        _folder = folder;
        Steps = steps;
    }

    public IReadOnlyList<GoldenStep> Steps { get; }

    /// <summary>Reads a sequence of the current folder.</summary>
    /// <exception cref="CaseFormatException">A step is not wholly understood.</exception>
    public static GoldenSequence Read(string name)
    {
        string folder = Path.Combine(GoldenFolder.Current, "sequences", name);
        CaseNode file = CaseNode.Of(YamlDocuments.Read(File.ReadAllText(Path.Combine(folder, "steps.yaml")), name + "/steps.yaml")[0], name + "/steps.yaml");
        file.Skip("note", "kubeProxy", "minSyncPeriod");
        GoldenStep[] steps = [.. file["steps"].Items.Select(GoldenStep.Read)];
        file.EnsureAllRead();
        return new(folder, steps);
    }

    /// <summary>A file of a step.</summary>
    public string Text(int step, string kind) => File.ReadAllText(Path.Combine(_folder, $"{step:00}.{kind}"));

    /// <summary>The node under test with the objects that were there at the start.</summary>
    public GoldenWorld World(ProxyMode mode)
    {
        IReadOnlyList<JsonValue> objects = GoldenSet.Objects(Path.Combine(_folder, "00-objects.yaml"));
        string nodeName = objects.First(document => document["kind"]?.Text == "Node")["metadata"]!["name"]!.Text!;
        var world = new GoldenWorld(nodeName, Interfaces, GoldenConfiguration.Default(mode));
        world.Put(objects);
        return world;
    }
}
