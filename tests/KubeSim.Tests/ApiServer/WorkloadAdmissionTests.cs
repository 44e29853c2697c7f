using KubeSim.Api;
using KubeSim.ApiServer;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class WorkloadAdmissionTests
{
    private readonly Admission _admission = AdmissionSamples.Admission();

    [Test]
    public void A_minimal_deployment_is_completed_once()
    {
        Deployment deployment = _admission.Admit(AdmissionSamples.Deployment());

        deployment.Spec.Replicas.Should().Be(1);
        deployment.Spec.Strategy.Should().Be(new DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new RollingUpdateDeployment { MaxSurge = "25%", MaxUnavailable = "25%" } });
        deployment.Spec.RevisionHistoryLimit.Should().Be(10);
        deployment.Spec.ProgressDeadlineSeconds.Should().Be(600);
        deployment.Spec.Template.Spec.DnsPolicy.Should().Be("ClusterFirst");
        deployment.Spec.Template.Spec.Tolerations.IsEmpty.Should().BeTrue("a template says nothing of the node");
        _admission.Change(deployment, deployment).Should().BeSameAs(deployment);
    }

    [Test]
    public void A_selector_is_required_and_must_find_the_template()
    {
        _admission.Refusal(AdmissionSamples.Deployment(s => s with { Selector = null })).Should().Be(
            "Deployment.apps \"d\" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not match template `labels`]");
        _admission.Refusal(AdmissionSamples.Deployment(s => s with { Template = s.Template with { Metadata = ObjectMeta.Empty } })).Should().Be(
            "Deployment.apps \"d\" is invalid: spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`");
        _admission.Refusal(AdmissionSamples.Deployment(s => s with { Selector = new LabelSelector { MatchExpressions = [new LabelSelectorRequirement { Key = "app", Operator = "Foo" }] } })).Should().Be(
            "Deployment.apps \"d\" is invalid: [spec.selector.matchExpressions[0].operator: Invalid value: \"Foo\": not a valid selector operator, spec.selector: Invalid value: {\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"Foo\"}]}: invalid label selector]");
    }

    [Test]
    public void A_selector_may_not_change()
    {
        Deployment deployment = _admission.Admit(AdmissionSamples.Deployment());
        var other = new LabelSelector { MatchLabels = LabelSet.Of("app", "b") };

        AdmissionSamples.Refused(() => _admission.Update(deployment, deployment with { Spec = deployment.Spec with { Selector = other } })).Message.Should().Be(
            "Deployment.apps \"d\" is invalid: [spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not match template `labels`, spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"b\"}}: field is immutable]");
    }

    [Test]
    public void A_rollout_must_be_able_to_move()
    {
        var stuck = new DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new RollingUpdateDeployment { MaxSurge = 0, MaxUnavailable = "0%" } };
        _admission.Refusal(AdmissionSamples.Deployment(s => s with { Strategy = stuck })).Should().Be(
            "Deployment.apps \"d\" is invalid: spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": may not be 0 when `maxSurge` is 0");

        var both = new DeploymentStrategy { Type = "Recreate", RollingUpdate = new RollingUpdateDeployment { MaxSurge = 1 } };
        _admission.Refusal(AdmissionSamples.Deployment(s => s with { Strategy = both })).Should().Be(
            "Deployment.apps \"d\" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'");
    }

    [Test]
    public void The_template_is_checked_like_a_pod() =>
        _admission.Refusal(AdmissionSamples.Deployment(s => s with { Replicas = -1, Template = s.Template with { Spec = PodSpec.Empty } })).Should().Be(
            "Deployment.apps \"d\" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.template.spec.containers: Required value]");

    [Test]
    public void A_replica_set_follows_the_same_rules()
    {
        DeploymentSpec spec = AdmissionSamples.Deployment().Spec;
        var replicaSet = new ReplicaSet { Metadata = new ObjectMeta { Name = "r", Namespace = "default" }, Spec = new ReplicaSetSpec { Selector = spec.Selector, Template = spec.Template } };

        _admission.Admit(replicaSet).Spec.Replicas.Should().Be(1);
        _admission.Refusal(replicaSet with { Spec = replicaSet.Spec with { Selector = null } }).Should().StartWith("ReplicaSet.apps \"r\" is invalid: [spec.selector: Required value, ");
    }
}
