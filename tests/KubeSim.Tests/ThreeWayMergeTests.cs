using KubeSim.Api;
using KubeSim.Manifests;

namespace KubeSim.Tests;

public sealed class ThreeWayMergeTests
{
    [TestCase(null, """{"a":1}""", """{"a":1}""", TestName = "What the manifest says is set")]
    [TestCase("""{"a":1,"b":2}""", """{"a":1}""", """{"a":1,"b":null}""", TestName = "What it no longer says is removed")]
    [TestCase("""{"m":{"x":1,"y":2}}""", """{"m":{"y":3}}""", """{"m":{"y":3,"x":null}}""", TestName = "The same within objects")]
    [TestCase("""{"m":{"x":1}}""", """{}""", """{"m":null}""", TestName = "A whole object goes at once")]
    [TestCase("""{"l":[1,2]}""", """{"l":[3]}""", """{"l":[3]}""", TestName = "A list is replaced whole")]
    [TestCase("""{"v":{"x":1}}""", """{"v":7}""", """{"v":7}""", TestName = "An object becomes a value")]
    [TestCase("""{"v":7}""", """{"v":{"x":1}}""", """{"v":{"x":1}}""", TestName = "A value becomes an object")]
    [TestCase("""[1]""", """{"a":1}""", """{"a":1}""", TestName = "A memory that is no object counts as none")]
    public void The_patch_is(string? before, string wanted, string patch) =>
        ThreeWayMerge.Patch(before is null ? null : JsonDocuments.Read(before, null)[0], JsonDocuments.Read(wanted, null)[0]).ToString().Should().Be(patch);

    [TestCase("not json")]
    [TestCase("")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{\"spec\":")]
    public void An_annotation_that_somebody_spoiled_does_not_stop_apply(string spoiled)
    {
        using var cluster = Cluster.Create();
        const string manifest = "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {a: b}}}";
        cluster.Apply(manifest);
        Namespace shop = cluster.Api.Get<Namespace>("shop");
        cluster.Api.Replace(shop with { Metadata = shop.Metadata with { Annotations = shop.Metadata.Annotations.With(ThreeWayMerge.LastApplied, spoiled) } });

        cluster.Apply(manifest).ToString().Should().Be("namespace/shop configured");
    }
}
