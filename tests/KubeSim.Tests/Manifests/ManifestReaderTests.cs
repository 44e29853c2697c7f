using KubeSim.Api;
using KubeSim.Manifests;
using KubeSim.Tests.Tidy;

namespace KubeSim.Tests.Manifests;

public sealed class ManifestReaderTests
{
    private const string Web = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n";

    [Test]
    public void Every_object_of_a_real_manifest_is_read_in_its_order_and_without_warnings()
    {
        Manifest read = ManifestReader.Read(OnlineBoutique(), "online-boutique.yaml");

        read.Warnings.Should().BeEmpty();
        read.Objects.Should().HaveCount(35);
        read.Objects.Count(value => value is Deployment).Should().Be(12);
        read.Objects.Count(value => value is Service).Should().Be(12);
        var frontend = (Deployment)read.Objects[0];
        frontend.Metadata.Name.Should().Be("frontend");
        frontend.Spec.Template.Metadata.Annotations["sidecar.istio.io/rewriteAppHTTPProbers"].Should().Be("true");
        frontend.Spec.Template.Spec.Containers[0].Ports[0].Port.Should().Be(8080);
    }

    [Test]
    public void A_real_manifest_printed_as_YAML_or_JSON_reads_as_the_same_objects()
    {
        foreach (KubernetesObject value in ManifestReader.Read(OnlineBoutique()).Objects)
        {
            Only(ManifestWriter.ToYaml(value)).Should().Be(value);
            Only(ManifestWriter.ToJson(value)).Should().Be(value);
        }
    }

    [TestCase("")]
    [TestCase("\n\n")]
    [TestCase("# nothing\n")]
    [TestCase("---\n---\n")]
    [TestCase("---\n# nothing\n---\nnull\n...\n---\n~\n")]
    [TestCase("\uFEFF")]
    public void A_manifest_without_objects_is_empty(string text) => ManifestReader.Read(text).Objects.Should().BeEmpty();

    [TestCase("---\n" + Web + "---\n\n---\n# comment\n" + Web + "...\n", 2)]
    [TestCase("\uFEFF" + Web, 1)]
    [TestCase("%YAML 1.1\n---\n" + Web, 1)]
    [TestCase("{apiVersion: v1, kind: Service, metadata: {name: web}}", 1)]
    [TestCase("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"}}""", 1)]
    [TestCase("\uFEFF \n{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"Service\", \"metadata\": {\"name\": \"web\"}}\n", 1)]
    [TestCase("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"}} {"apiVersion":"v1","kind":"Service","metadata":{"name":"web"}}""", 2)]
    [TestCase("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"web\"}}\n---\n" + Web, 2)]
    [TestCase("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: web}}\n- {apiVersion: v1, kind: Service, metadata: {name: web}}\n", 2)]
    [TestCase("apiVersion: v1\nkind: ServiceList\nmetadata: {resourceVersion: \"1\"}\nitems:\n- metadata: {name: web}\n", 1)]
    [TestCase("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ServiceList, items: [{metadata: {name: web}}]}\n", 1)]
    public void Documents_and_lists_of_every_form_are_taken_apart(string text, int count)
    {
        Manifest read = ManifestReader.Read(text);

        read.Objects.Should().HaveCount(count).And.AllBeOfType<Service>();
        read.Objects.Should().OnlyContain(value => value.Name.Name == "web");
        ManifestReader.Read(text.ReplaceLineEndings("\r\n")).Objects.Should().Equal(read.Objects, "line endings do not matter");
    }

    [TestCase("apiVersion: v1\nkind: List\n")]
    [TestCase("apiVersion: v1\nkind: List\nitems:\n")]
    [TestCase("apiVersion: v1\nkind: PodList\nitems: []\n")]
    public void An_empty_list_holds_no_objects(string text) => ManifestReader.Read(text).Objects.Should().BeEmpty();

    [Test]
    public void An_unknown_field_is_reported_with_its_place_and_kept()
    {
        Manifest read = ManifestReader.Read(Web + "spec:\n  ports:\n  - port: 80\n    prot: TCP\n", "web.yaml");

        read.Warnings.Should().Equal(new ManifestWarning("web.yaml", 8, 11, "spec.ports[0].prot", "unknown field \"spec.ports[0].prot\""));
        read.Warnings[0].ToString().Should().Be("web.yaml:8:11: unknown field \"spec.ports[0].prot\"");
        ((Service)read.Objects[0]).Spec.Ports[0].Carried["prot"]!.Text.Should().Be("TCP");
    }

    [Test]
    public void Strict_reading_refuses_an_unknown_field() =>
        FluentActions.Invoking(() => ManifestReader.Read("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  sepc: {}\n", "web.yaml", strict: true))
            .Should().Throw<ManifestException>().Which.Should().Match<ManifestException>(wrong =>
                wrong.FieldPath == "items[0].sepc" && wrong.Line == 6 && wrong.FileName == "web.yaml" && wrong.Problem == "unknown field \"items[0].sepc\"");

    [Test]
    public void A_kind_that_is_not_modelled_is_kept_whole_and_without_warnings()
    {
        const string text = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec: {rules: [{host: a.example, http: {paths: []}}], weight: 1.5}\n";

        Manifest read = ManifestReader.Read(text);

        read.Warnings.Should().BeEmpty();
        read.Objects[0].Should().BeOfType<UnstructuredObject>().Which.Carried["spec"]!["weight"]!.Text.Should().Be("1.5");
        ManifestWriter.ToYaml(read.Objects[0]).Should().Be(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  rules:\n  - host: a.example\n    http:\n      paths: []\n  weight: 1.5\n");
    }

    private static KubernetesObject Only(string text) => ManifestReader.Read(text).Objects.Should().ContainSingle().Subject;

    private static string OnlineBoutique() => Repository.Read(Repository.PathOf("samples/HelloService/online-boutique.yaml"));
}
