using KubeSim.Api;
using KubeSim.Manifests;

namespace KubeSim.Tests.ApiServer;

/// <summary>Which kinds a server has, and what a word for one means.</summary>
public sealed class ServedKindsTests
{
    [TestCase("apps/v1", "Service")]
    [TestCase("v1", "Deployment")]
    [TestCase("v2", "Service")]
    [TestCase("apps/v1beta1", "Deployment")]
    [TestCase("v1", "Services")]
    [TestCase("v1", "service")]
    [TestCase("a/b/c", "Thing")]
    [TestCase("v 1", "Pod")]
    [TestCase("example.com/v1", "F oo/")]
    [TestCase("example/v1", "Thing")]
    public void A_kind_that_no_server_has_is_refused_and_nothing_of_the_manifest_is_kept(string version, string kind)
    {
        using Cluster cluster = Cluster.Create();
        string manifest = $$"""
            { "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "first" } }
            ---
            { "apiVersion": "{{version}}", "kind": "{{kind}}", "metadata": { "name": "wrong" } }
            """;

        cluster.Invoking(c => c.Apply(manifest)).Should().Throw<ApiException>().WithMessage($"*no matches for kind \"{kind}\" in version \"{version}\"*");
        cluster.Get("configmaps").Should().NotContain("first");
    }

    [Test]
    public void Two_spellings_of_one_kind_are_not_two_kinds()
    {
        using Cluster cluster = Cluster.Create();
        const string Manifest = """
            { apiVersion: example.com/v1, kind: Foo, metadata: { name: one } }
            ---
            { apiVersion: example.com/v1, kind: foo, metadata: { name: two } }
            """;

        cluster.Invoking(c => c.Apply(Manifest)).Should().Throw<ApiException>();
        cluster.Apply("{ apiVersion: example.com/v1, kind: Foo, metadata: { name: one } }");
        cluster.Invoking(c => c.Apply("{ apiVersion: example.com/v1, kind: foo, metadata: { name: two } }")).Should().Throw<ApiException>();
    }

    [Test]
    public void A_word_means_the_servers_own_kind_before_a_foreign_one_of_that_name()
    {
        using Cluster cluster = Cluster.Create();
        cluster.RunPod("web", port: 80, labels: "app=web");
        cluster.Expose("pod/web");
        cluster.Apply("{ apiVersion: serving.knative.dev/v1, kind: Service, metadata: { name: kn } }");

        cluster.Get("services").Should().Contain("web").And.NotContain("kn");
        cluster.Get("services.serving.knative.dev").Should().Contain("kn");
        cluster.Delete("service/web").Should().Be("service \"web\" deleted");
    }

    [TestCase("cm")]
    [TestCase("configmaps")]
    [TestCase("sa")]
    [TestCase("ingresses")]
    [TestCase("ing")]
    [TestCase("statefulsets.apps")]
    [TestCase("sts")]
    public void A_servers_own_kinds_are_known_before_there_is_one(string word)
    {
        using Cluster cluster = Cluster.Create();
        cluster.Get(word).Should().Be("No resources found in default namespace.");
    }

    [Test]
    public void A_kind_without_a_record_of_its_own_can_be_watched_and_patched()
    {
        using Cluster cluster = Cluster.Create();
        cluster.Apply("{ apiVersion: v1, kind: ConfigMap, metadata: { name: first }, data: { a: '1' } }");
        ResourceType configMaps = Manifest.Parse("{ apiVersion: v1, kind: ConfigMap, metadata: { name: any } }").Objects[0].Resource;
        var seen = new List<string>();
        using IDisposable watch = cluster.Api.Watch(configMaps, new ListOptions { Namespace = "default" }).Subscribe(change => seen.Add($"{change.Type} {change.Object.Metadata.Name}"));

        KubernetesObject patched = cluster.Api.Patch(configMaps, "first", JsonValue.Parse("""{"data":{"a":"2"}}"""));
        cluster.Apply("{ apiVersion: v1, kind: ConfigMap, metadata: { name: second } }");
        cluster.Delete("configmap/first");

        seen.Should().Equal("Added first", "Modified first", "Added second", "Deleted first");
        Manifest.ToJson(patched).Should().Contain("\"a\": \"2\"");
        cluster.Api.Invoking(api => api.Watch(null!)).Should().Throw<ArgumentNullException>();
        cluster.Api.Invoking(api => api.Patch(configMaps, "first", null!)).Should().Throw<ArgumentNullException>();
    }
}
