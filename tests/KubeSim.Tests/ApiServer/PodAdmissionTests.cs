using KubeSim.Api;
using KubeSim.ApiServer;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class PodAdmissionTests
{
    private static readonly Container C = new() { Name = "c", Image = "img" };

    private static readonly object[] Refusals =
    [
        new object[] { new PodSpec(), "spec.containers: Required value" },
        new object[] { new PodSpec { Containers = [new Container()] }, "[spec.containers[0].name: Required value, spec.containers[0].image: Required value]" },
        new object[] { new PodSpec { Containers = [C, C] }, "spec.containers[1].name: Duplicate value: \"c\"" },
        new object[] { new PodSpec { Containers = [C], InitContainers = [C] }, "spec.initContainers[0].name: Duplicate value: \"c\"" },
        new object[] { Ports(new ContainerPort()), "spec.containers[0].ports[0].containerPort: Required value" },
        new object[] { Ports(new ContainerPort { Port = 65536 }), "spec.containers[0].ports[0].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive" },
        new object[] { Ports(new ContainerPort { Port = 80, Protocol = "tcp" }), "spec.containers[0].ports[0].protocol: Unsupported value: \"tcp\": supported values: \"SCTP\", \"TCP\", \"UDP\"" },
        new object[] { Ports(new ContainerPort { Port = 80, Name = "80" }), "spec.containers[0].ports[0].name: Invalid value: \"80\": must contain at least one letter (a-z)" },
        new object[] { Ports(new ContainerPort { Port = 80, Name = "a" }, new ContainerPort { Port = 81, Name = "a" }), "spec.containers[0].ports[1].name: Duplicate value: \"a\"" },
        new object[] { Ports(new ContainerPort { Port = 80, HostPort = 8080 }, new ContainerPort { Port = 81, HostPort = 8080 }), "spec.containers[0].ports[1].hostPort: Duplicate value: \"TCP//8080\"" },
        new object[] { new PodSpec { Containers = [C], DnsPolicy = "None" }, "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None" },
        new object[] { new PodSpec { Containers = [C], Subdomain = "a.b" }, "spec.subdomain: Invalid value: \"a.b\": must not contain dots" },
        new object[] { new PodSpec { Containers = [C], RestartPolicy = "x" }, "spec.restartPolicy: Unsupported value: \"x\": supported values: \"Always\", \"Never\", \"OnFailure\"" },
        new object[] { new PodSpec { Containers = [C], Tolerations = [new Toleration { Key = "a", Operator = "Exists", Value = "bar" }] }, "spec.tolerations[0].operator: Invalid value: \"bar\": value must be empty when `operator` is 'Exists'" },
    ];

    private Admission _admission = null!;

    [SetUp]
    public void SetUp() => _admission = AdmissionSamples.Admission();

    [TestCaseSource(nameof(Refusals))]
    public void Each_rule_has_its_field_and_its_text(PodSpec spec, string wrong) =>
        _admission.Refusal(AdmissionSamples.Pod(_ => spec)).Should().Be($"Pod \"p\" is invalid: {wrong}");

    [Test]
    public void A_minimal_pod_is_completed()
    {
        Pod pod = _admission.Admit(AdmissionSamples.Pod());

        pod.Spec.RestartPolicy.Should().Be("Always");
        pod.Spec.DnsPolicy.Should().Be("ClusterFirst");
        pod.Spec.TerminationGracePeriodSeconds.Should().Be(30);
        pod.Spec.Tolerations.Select(toleration => $"{toleration.Key}:{toleration.Effect} {toleration.TolerationSeconds}").Should().Equal(
            "node.kubernetes.io/not-ready:NoExecute 300", "node.kubernetes.io/unreachable:NoExecute 300");
        pod.Spec.Carried["schedulerName"]!.Text.Should().Be("default-scheduler");
        pod.Spec.Carried["enableServiceLinks"]!.Text.Should().Be("true");
        pod.Status.Phase.Should().Be("Pending");
        pod.Status.Carried["qosClass"]!.Text.Should().Be("BestEffort");
    }

    [TestCase("img", "Always")]
    [TestCase("img:latest", "Always")]
    [TestCase("reg:5000/img", "Always")]
    [TestCase("img:1", "IfNotPresent")]
    [TestCase("img@sha256:0", "IfNotPresent")]
    public void The_tag_decides_when_to_pull(string image, string policy) =>
        _admission.Admit(AdmissionSamples.Pod(s => s with { Containers = [C with { Image = image }] })).Spec.Containers[0].Carried["imagePullPolicy"]!.Text.Should().Be(policy);

    [Test]
    public void On_the_host_network_ports_are_the_host_s()
    {
        Pod pod = _admission.Admit(AdmissionSamples.Pod(_ => Ports(new ContainerPort { Port = 80 }) with { HostNetwork = true }));

        pod.Spec.Containers[0].Ports[0].Should().Be(new ContainerPort { Port = 80, HostPort = 80, Protocol = "TCP" });
    }

    [Test]
    public void Probes_are_completed()
    {
        JsonValue probe = JsonValue.OfObject([new("httpGet", JsonValue.OfObject([new("port", JsonValue.OfNumber(80))]))]);
        var container = C with { Carried = new CarriedFields([new("readinessProbe", probe)]) };

        JsonValue stored = _admission.Admit(AdmissionSamples.Pod(s => s with { Containers = [container] })).Spec.Containers[0].Carried["readinessProbe"]!;

        stored["periodSeconds"]!.Text.Should().Be("10");
        stored["httpGet"]!["scheme"]!.Text.Should().Be("HTTP");
    }

    [Test]
    public void Pods_of_one_template_share_their_spec_and_status()
    {
        PodSpec template = _admission.Admit(AdmissionSamples.Deployment()).Spec.Template.Spec;
        Pod[] pods = [.. "abc".Select(name => _admission.Admit(AdmissionSamples.Pod(_ => template) with { Metadata = new ObjectMeta { Name = $"{name}", Namespace = "default" } }))];

        pods[1].Spec.Should().BeSameAs(pods[0].Spec);
        pods[2].Status.Should().BeSameAs(pods[0].Status);
    }

    [Test]
    public void A_complete_pod_comes_back_as_the_same_instance()
    {
        Pod pod = _admission.Admit(AdmissionSamples.Pod());

        _admission.Create(pod).Should().BeSameAs(pod);
        _admission.Update(pod, pod).Should().BeSameAs(pod);
    }

    [Test]
    public void A_pod_gets_its_node_once()
    {
        Pod pod = _admission.Admit(AdmissionSamples.Pod());
        Pod bound = _admission.Change(pod, pod with { Spec = pod.Spec with { NodeName = "n1" } });
        bound.Spec.NodeName.Should().Be("n1");

        AdmissionSamples.Refused(() => _admission.Update(bound, bound with { Spec = bound.Spec with { NodeName = "n2" } })).Message
            .Should().StartWith("Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`");
    }

    [Test]
    public void An_image_may_change_and_a_container_may_not_come()
    {
        Pod pod = _admission.Admit(AdmissionSamples.Pod());
        _admission.Change(pod, pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Image = "other" }] } }).Spec.Containers[0].Image.Should().Be("other");

        AdmissionSamples.Refused(() => _admission.Update(pod, pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0], C with { Name = "d" }] } })).Message
            .Should().Be("Pod \"p\" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers");
    }

    [Test]
    public void Status_and_spec_are_changed_by_different_doors()
    {
        Pod pod = _admission.Admit(AdmissionSamples.Pod());
        var running = new PodStatus { Phase = "Running" };

        _admission.Change(pod, pod with { Status = running }).Status.Should().Be(pod.Status);
        var changed = (Pod)_admission.UpdateStatus(pod, pod with { Status = running, Spec = new PodSpec() });
        changed.Status.Should().Be(running);
        changed.Spec.Should().BeSameAs(pod.Spec);
    }

    private static PodSpec Ports(params ContainerPort[] ports) => new() { Containers = [C with { Ports = [.. ports] }] };
}
