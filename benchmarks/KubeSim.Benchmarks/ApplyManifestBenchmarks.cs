using BenchmarkDotNet.Attributes;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Manifests;
using YamlDotNet.Core;

namespace KubeSim.Benchmarks;

/// <summary>A real application's manifest, 35 objects in 980 lines: text into objects and back, against YamlDotNet going through the same text alone.</summary>
[MemoryDiagnoser]
public class ApplyManifestBenchmarks
{
    private string _text = "";
    private EquatableArray<KubernetesObject> _objects;

    /// <summary>Reads the file once.</summary>
    [GlobalSetup]
    public void ReadFile()
    {
        _text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "online-boutique.yaml"));
        _objects = ManifestReader.Read(_text).Objects;
    }

    /// <summary>YamlDotNet's events, with nothing done about them.</summary>
    [Benchmark(Baseline = true)]
    public int ParseEvents()
    {
        var parser = new Parser(new StringReader(_text));
        int events = 0;
        while (parser.MoveNext())
        {
            events++;
        }

        return events;
    }

    /// <summary>Text into objects.</summary>
    [Benchmark]
    public int ReadManifest() => ManifestReader.Read(_text).Objects.Length;

    /// <summary>Objects into text.</summary>
    [Benchmark]
    public int WriteManifest()
    {
        int length = 0;
        foreach (KubernetesObject value in _objects)
        {
            length += ManifestWriter.ToYaml(value).Length;
        }

        return length;
    }
}
