using KubeSim.Api;
using KubeSim.Manifests;

namespace KubeSim.Tests;

/// <summary>The verbs answer in the words of the real kubectl 1.32.4 against kube-apiserver 1.36.2, as recorded.</summary>
public sealed class KubectlVerbsTests
{
    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web, labels: { app: web } }
        spec:
          replicas: 2
          selector: { matchLabels: { app: web } }
          template:
            metadata: { labels: { app: web } }
            spec: { containers: [ { name: web, image: nginx, ports: [ { containerPort: 8080 } ] } ] }
        """;

    private Cluster _cluster = null!;

    [SetUp]
    public void Start()
    {
        _cluster = Cluster.Create();
        _cluster.Apply(Web);
    }

    [TearDown]
    public void Stop() => _cluster.Dispose();

    [Test]
    public void Expose_says_exposed_and_a_second_time_that_it_exists()
    {
        _cluster.Expose("deployment/web", name: "web-exp", port: 80, targetPort: 8080).Should().Be("service/web-exp exposed");

        Refused(() => _cluster.Expose("deployment/web", name: "web-exp", port: 80)).Should().Be("Error from server (AlreadyExists): services \"web-exp\" already exists");
    }

    [Test]
    public void Expose_refuses_as_kubectl_does()
    {
        Refused(() => _cluster.Expose("deployment/nope", port: 80)).Should().Be("Error from server (NotFound): deployments.apps \"nope\" not found");
        Refused(() => _cluster.Expose("deployment/web", name: "x4", port: 80, type: "Foo"))
            .Should().EndWith("Service \"x4\" is invalid: spec.type: Unsupported value: \"Foo\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"");
        FluentActions.Invoking(() => _cluster.Expose("node/node-1", port: 80)).Should().Throw<InvalidOperationException>().WithMessage("cannot expose a Node");
    }

    [Test]
    public void A_flag_that_is_empty_is_one_that_is_not_given()
    {
        _cluster.Expose("deployment/web", name: "", targetPort: "", type: "", protocol: "", sessionAffinity: "", clusterIP: "").Should().Be("service/web exposed");

        _cluster.Api.Get<Service>("web").Spec.Ports.Should().ContainSingle().Which.TargetPort.Should().Be(new IntOrString(8080));
    }

    [Test]
    public void Scale_changes_how_many_pods_there_are()
    {
        _cluster.Scale("deploy/web", 5).Should().Be("deployment.apps/web scaled");
        _cluster.Pods("app=web").Should().HaveCount(5);
        _cluster.Scale("deployments.apps/web", 0).Should().Be("deployment.apps/web scaled");
        _cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        _cluster.Pods("app=web").Should().BeEmpty();
    }

    [Test]
    public void Scale_refuses_what_has_no_replicas() =>
        FluentActions.Invoking(() => _cluster.Scale("service/kubernetes", 2)).Should().Throw<InvalidOperationException>().WithMessage("cannot scale a Service*");

    [Test]
    public void Delete_says_what_is_deleted_and_takes_what_it_owned()
    {
        _cluster.Delete("deploy/web").Should().Be("deployment.apps \"web\" deleted");

        _cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        _cluster.Pods("app=web").Should().BeEmpty();
        Refused(() => _cluster.Delete("svc/nope")).Should().Be("Error from server (NotFound): services \"nope\" not found");
    }

    [Test]
    public void Get_refuses_as_kubectl_does()
    {
        Refused(() => _cluster.Get("svc/nope")).Should().Be("Error from server (NotFound): services \"nope\" not found");
        FluentActions.Invoking(() => _cluster.Get("nope")).Should().Throw<ArgumentException>().WithMessage("the server doesn't have a resource type \"nope\"*").Which.ParamName.Should().Be("target");
        _cluster.Get("pods", inNamespace: "kube-public").Should().Be("No resources found in kube-public namespace.");
        _cluster.Get("svc", selector: "app=nothing", allNamespaces: true).Should().Be("No resources found");
    }

    [TestCase("svc")]
    [TestCase("service")]
    [TestCase("services")]
    [TestCase("SVC")]
    public void Get_prints_kubectls_table(string resource) =>
        _cluster.Get(resource).Should().Be("NAME         TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\nkubernetes   ClusterIP   10.96.0.1    <none>        443/TCP   0s");

    [Test]
    public void Get_prints_names_and_the_objects_themselves()
    {
        _cluster.Get("svc", output: "name").Should().Be("service/kubernetes");
        _cluster.Get("deploy/web", output: "name").Should().Be("deployment.apps/web");
        _cluster.Get("svc", output: "name", inNamespace: "kube-public").Should().BeEmpty();
        _cluster.Get("svc", output: "wide").Should().Be("NAME         TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE   SELECTOR\nkubernetes   ClusterIP   10.96.0.1    <none>        443/TCP   0s    <none>");
        Service service = _cluster.Api.Get<Service>("kubernetes");
        _cluster.Get("svc/kubernetes", output: "yaml").Should().Be(Manifest.ToYaml(service).TrimEnd('\n')).And.StartWith("apiVersion: v1\nkind: Service\nmetadata:\n  creationTimestamp: \"2026-01-01T00:00:00Z\"\n");
        _cluster.Get("svc/kubernetes", output: "json").Should().Be(Manifest.ToJson(service).TrimEnd('\n'));
        Manifest.Parse(_cluster.Get("svc", output: "json")).Objects.Should().Equal(service);
    }

    /// <source>kubectl v1.36, get svc -o yaml -l t=none</source>
    [Test]
    public void Get_prints_several_objects_as_a_list()
    {
        _cluster.Get("svc", "t=none", output: "yaml").Should().Be("apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: \"\"");
        _cluster.Get("svc", output: "yaml").Should().StartWith("apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n");
        FluentActions.Invoking(() => _cluster.Get("svc", output: "foo")).Should().Throw<ArgumentException>()
            .WithMessage("unable to match a printer suitable for the output format \"foo\", allowed formats are: json,name,wide,yaml*").Which.ParamName.Should().Be("output");
    }

    [Test]
    public void An_object_may_stand_behind_a_slash_or_a_space() => _cluster.Get("svc kubernetes").Should().Be(_cluster.Get("svc/kubernetes"));

    [Test]
    public void A_grace_period_of_minus_one_is_the_pods_own()
    {
        _cluster.RunPod("hello");

        _cluster.Delete("pod/hello", gracePeriodSeconds: -1);

        _cluster.Api.Find<Pod>("hello")?.Metadata.DeletionGracePeriodSeconds.Should().Be(30);
    }

    /// <summary>What kubectl prints of a refusal.</summary>
    private static string Refused(Action verb)
    {
        Status status = FluentActions.Invoking(verb).Should().Throw<ApiException>().Which.Status;
        return $"Error from server ({status.Reason}): {status.Message}";
    }
}
