using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Manifests;

namespace KubeSim.Conformance.Golden;

/// <summary>One set of objects with what the real kube-proxy made of it.</summary>
internal sealed class GoldenSet
{
    private readonly string _stem;
    private readonly CaseNode _meta;

    private GoldenSet(string stem, CaseNode meta)
    {
        _stem = stem;
        _meta = meta;
    }

    /// <summary>Reads a set of the current folder.</summary>
    /// <exception cref="CaseFormatException">What its meta file says is not wholly understood.</exception>
    public static GoldenSet Read(string name)
    {
        string stem = Path.Combine(GoldenFolder.Current, name);
        CaseNode meta = CaseNode.Of(YamlDocuments.Read(File.ReadAllText(stem + ".meta.yaml"), name + ".meta.yaml")[0], name + ".meta.yaml");
        meta.Skip("name", "note", "kubeProxy", "differsFromDefaultRun", "tools", "fullSyncs", "partialSyncs", "errorsLogged");
        return new(stem, meta);
    }

    /// <summary>A file of the set.</summary>
    /// <param name="kind">The end of its name: <c>iptables-restore</c>.</param>
    public string Text(string kind) => File.ReadAllText($"{_stem}.{kind}");

    public bool Has(string kind) => File.Exists($"{_stem}.{kind}");

    /// <summary>The node under test with all objects of the set, kube-proxy in one mode.</summary>
    public GoldenWorld World(ProxyMode mode)
    {
        GoldenConfiguration iptables = GoldenConfiguration.Read(_meta["config"]["iptables"], ProxyMode.IPTables);
        GoldenConfiguration nftables = GoldenConfiguration.Read(_meta["config"]["nftables"], ProxyMode.Nftables);
        var world = new GoldenWorld(
            _meta["nodeName"].Text, [.. _meta["nodeAddresses"].Entries.SelectMany(entry => entry.Value.Items).Select(address => address.Text)], mode == ProxyMode.Nftables ? nftables : iptables);
        _meta.EnsureAllRead();
        world.Put(Objects(_stem + ".yaml"));
        return world;
    }

    /// <summary>The documents of a file.</summary>
    public static IReadOnlyList<JsonValue> Objects(string path) => YamlDocuments.Read(File.ReadAllText(path), Path.GetFileName(path));
}
