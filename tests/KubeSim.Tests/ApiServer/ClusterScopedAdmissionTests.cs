using KubeSim.Api;
using KubeSim.ApiServer;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class ClusterScopedAdmissionTests
{
    private readonly Admission _admission = AdmissionSamples.Admission();

    [Test]
    public void A_namespace_is_labelled_held_and_active()
    {
        Namespace space = _admission.Admit(new Namespace { Metadata = new ObjectMeta { Name = "shop" } });

        space.Metadata.Labels.ToString().Should().Be("kubernetes.io/metadata.name=shop");
        space.Spec.Finalizers.Should().Equal("kubernetes");
        space.Status.Phase.Should().Be("Active");
    }

    [Test]
    public void A_namespace_s_name_has_no_dots() =>
        _admission.Refusal(new Namespace { Metadata = new ObjectMeta { Name = "a.b" } }).Should().Be("Namespace \"a.b\" is invalid: metadata.name: Invalid value: \"a.b\": must not contain dots");

    [Test]
    public void A_namespace_is_active_until_it_is_deleted()
    {
        Namespace space = _admission.Admit(new Namespace { Metadata = new ObjectMeta { Name = "shop" } });

        AdmissionSamples.Refused(() => _admission.UpdateStatus(space, space with { Status = new NamespaceStatus { Phase = "Terminating" } })).Message
            .Should().Be("Namespace \"shop\" is invalid: status.Phase: Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is empty");
    }

    [Test]
    public void A_node_takes_no_pods_until_it_is_ready()
    {
        var node = new Node { Metadata = new ObjectMeta { Name = "n" } };
        _admission.Admit(node).Spec.Taints.Should().Equal(new Taint { Key = "node.kubernetes.io/not-ready", Effect = "NoSchedule" });

        _admission.Admit(node with { Status = new NodeStatus { Conditions = [new Condition { Type = "Ready", Status = "True" }] } }).Spec.Taints.IsEmpty.Should().BeTrue();
    }

    [TestCase("10.244.1.0/24", "10.244.0.0/24", "10.244.1.0/24")]
    [TestCase(null, "10.244.0.0/24", "10.244.0.0/24")]
    public void The_first_block_of_pods_wins(string? one, string listed, string stored)
    {
        NodeSpec spec = _admission.Admit(new Node { Metadata = new ObjectMeta { Name = "n" }, Spec = new NodeSpec { PodCIDR = one, PodCIDRs = [listed] } }).Spec;

        spec.PodCIDR.Should().Be(stored);
        spec.PodCIDRs.Should().Equal(stored);
    }

    [Test]
    public void A_node_keeps_its_block()
    {
        Node node = _admission.Admit(new Node { Metadata = new ObjectMeta { Name = "n" }, Spec = new NodeSpec { PodCIDR = "10.244.1.0/24" } });

        AdmissionSamples.Refused(() => _admission.Update(node, node with { Spec = node.Spec with { PodCIDR = "10.244.2.0/24" } })).Message
            .Should().Be("Node \"n\" is invalid: spec.podCIDRs: Forbidden: node updates may not change podCIDR except from \"\" to valid");
    }

    [TestCase("a", "Foo", "metadata.taints[0].effect: Unsupported value: \"Foo\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"")]
    [TestCase("a", "", "metadata.taints[0].effect: Required value")]
    public void A_taint_needs_an_effect(string key, string effect, string wrong) =>
        _admission.Refusal(new Node { Metadata = new ObjectMeta { Name = "n" }, Spec = new NodeSpec { Taints = [new Taint { Key = key, Effect = effect }] } }).Should().Be($"Node \"n\" is invalid: {wrong}");
}
