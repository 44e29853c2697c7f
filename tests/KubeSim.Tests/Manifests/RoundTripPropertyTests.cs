using CsCheck;
using KubeSim.Api;
using KubeSim.Manifests;

namespace KubeSim.Tests.Manifests;

public sealed class RoundTripPropertyTests
{
    [Test]
    public void Any_value_written_as_YAML_reads_as_the_same_value() =>
        JsonValueGenerators.Value.Where(value => !value.IsNull).Sample(
            value => YamlDocuments.Read(YamlWriter.Write(value), null) is [var read] && read.Equals(value),
            iter: 20_000, print: value => $"{value}\n{YamlWriter.Write(value)}");

    [Test]
    public void Any_object_written_as_JSON_reads_as_the_same_object() =>
        JsonValueGenerators.Object.Sample(
            value => JsonDocuments.Read(JsonText.Write(value, indented: true), null) is [var read] && read.Equals(value), iter: 20_000);
}
