using KubeSim.Api;

namespace KubeSim.Tests;

public sealed class ApplyTests
{
    private const string Refused = """

        ---
        apiVersion: v1
        kind: Service
        metadata: { name: refused }
        spec: { ports: [] }
        """;

    [Test]
    public void A_manifest_with_an_object_that_is_refused_changes_nothing()
    {
        using var cluster = Cluster.Create();
        cluster.Apply(Service("web", "NodePort", 30080));
        Service before = cluster.Api.Get<Service>("default/web");
        var seen = new List<string>();
        using IDisposable watch = cluster.Api.Watch<Service>().Subscribe(change => seen.Add($"{change.Type} {change.Object.Metadata.Name}"));
        seen.Clear();

        FluentActions.Invoking(() => cluster.Apply(Service("web", "ClusterIP", null) + Service("new", "NodePort", 30090) + Refused))
            .Should().Throw<ApiException>().Which.Status.Details!.Name.Should().Be("refused");

        cluster.Api.Get<Service>("default/web").Should().BeSameAs(before);
        cluster.Api.Find<Service>("default/new").Should().BeNull();
        seen.Should().BeEmpty();
    }

    [Test]
    public void What_a_refused_manifest_allocated_and_gave_up_is_as_before()
    {
        using var cluster = Cluster.Create();
        cluster.Apply(Service("web", "NodePort", 30080));
        FluentActions.Invoking(() => cluster.Apply(Service("web", "ClusterIP", null) + Service("new", "NodePort", 30090) + Refused)).Should().Throw<ApiException>();

        FluentActions.Invoking(() => cluster.Apply(Service("thief", "NodePort", 30080))).Should().Throw<ApiException>().WithMessage("*provided port is already allocated*");
        cluster.Apply(Service("other", "NodePort", 30090)).ToString().Should().Be("service/other created");
    }

    [Test]
    public void An_object_may_need_another_one_of_the_same_manifest()
    {
        using var cluster = Cluster.Create();

        cluster.Apply("""
            apiVersion: v1
            kind: Namespace
            metadata: { name: shop }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: web, namespace: shop }
            spec: { ports: [ { port: 80 } ] }
            """).ToString().Should().Be("namespace/shop created\nservice/web created");
    }

    [Test]
    public void Two_objects_of_one_manifest_cannot_have_the_same_node_port()
    {
        using var cluster = Cluster.Create();

        FluentActions.Invoking(() => cluster.Apply(Service("one", "NodePort", 30080) + Service("two", "NodePort", 30080)))
            .Should().Throw<ApiException>().WithMessage("Service \"two\" is invalid: spec.ports[0].nodePort*already allocated*");
        cluster.Api.Find<Service>("default/one").Should().BeNull();
    }

    [Test]
    public void Applying_again_says_unchanged_and_then_configured()
    {
        using var cluster = Cluster.Create();
        cluster.Apply(Service("web", "NodePort", 30080));
        string? version = cluster.Api.Get<Service>("default/web").Metadata.ResourceVersion;

        cluster.Apply(Service("web", "NodePort", 30080)).ToString().Should().Be("service/web unchanged");
        cluster.Api.Get<Service>("default/web").Metadata.ResourceVersion.Should().Be(version);
        cluster.Apply(Service("web", "NodePort", 30081)).ToString().Should().Be("service/web configured");
        cluster.Api.Get<Service>("default/web").Spec.Ports[0].NodePort.Should().Be(30081);
    }

    [Test]
    public void A_field_that_leaves_the_manifest_leaves_the_object_and_what_others_wrote_stays()
    {
        using var cluster = Cluster.Create();
        cluster.Apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {mine: a, gone: b}}}");
        Namespace shop = cluster.Api.Get<Namespace>("shop");
        cluster.Api.Replace(shop with { Metadata = shop.Metadata with { Labels = shop.Metadata.Labels.With("theirs", "c") } });

        cluster.Apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {mine: a}}}");

        cluster.Api.Get<Namespace>("shop").Metadata.Labels.Without("kubernetes.io/metadata.name").ToString().Should().Be("mine=a,theirs=c");
    }

    [Test]
    public void A_null_among_the_objects_is_named() =>
        FluentActions.Invoking(() => { using var cluster = Cluster.Create(); cluster.Apply(new Namespace(), null!); }).Should().Throw<ArgumentException>().WithMessage("Element 1 is null*");

    private static string Service(string name, string type, int? nodePort) => $$"""

        ---
        apiVersion: v1
        kind: Service
        metadata: { name: {{name}} }
        spec: { type: {{type}}, selector: { app: web }, ports: [ { port: 80{{(nodePort is null ? "" : $", nodePort: {nodePort}")}} } ] }
        """;
}
