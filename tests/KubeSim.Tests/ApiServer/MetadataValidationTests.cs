using KubeSim.Api;
using KubeSim.ApiServer;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class MetadataValidationTests
{
    private static readonly ObjectMeta Meta = new() { Name = "c", Namespace = "default" };
    private static readonly OwnerReference Owner = new() { ApiVersion = "v1", Kind = "Pod", Name = "x", Uid = "u", Controller = true };

    private static readonly object[] Refusals =
    [
        new object[] { Meta with { Name = "" }, "metadata.name: Required value: name or generateName is required" },
        new object[] { Meta with { Namespace = "" }, "metadata.namespace: Required value" },
        new object[] { Meta with { Labels = LabelSet.Of("a", new string('c', 64)) }, $"metadata.labels: Invalid value: \"{new string('c', 64)}\": must be no more than 63 bytes" },
        new object[] { Meta with { Labels = LabelSet.Of("/a", "b") }, "metadata.labels: Invalid value: \"/a\": prefix part must be non-empty" },
        new object[] { Meta with { Annotations = LabelSet.Of("/A", "b") }, "metadata.annotations: Invalid value: \"/A\": prefix part must be non-empty" },
        new object[] { Meta with { Annotations = LabelSet.Of("a", new string('b', 262144)) }, "metadata.annotations: Too long: may not be more than 262144 bytes" },
        new object[] { Meta with { OwnerReferences = [Owner with { Uid = "" }] }, "metadata.ownerReferences.uid: Invalid value: \"\": must not be empty" },
        new object[] { Meta with { OwnerReferences = [Owner with { ApiVersion = "" }] }, "metadata.ownerReferences.apiVersion: Invalid value: \"\": version must not be empty" },
        new object[] { Meta with { Finalizers = ["foo"] }, "metadata.finalizers: Invalid value: \"foo\": name is neither a standard finalizer name nor is it fully qualified" },
    ];

    private static readonly ResourceType ConfigMap = new("", "v1", "ConfigMap", "configmaps", true);

    private readonly Admission _admission = AdmissionSamples.Admission();

    [TestCaseSource(nameof(Refusals))]
    public void Each_rule_has_its_field_and_its_text(ObjectMeta metadata, string wrong) =>
        _admission.Refusal(new UnstructuredObject(ConfigMap) { Metadata = metadata }).Should().Be($"ConfigMap \"{metadata.Name}\" is invalid: {wrong}");

    [Test]
    public void Only_one_owner_controls() =>
        _admission.Refusal(new UnstructuredObject(ConfigMap) { Metadata = Meta with { OwnerReferences = [Owner, Owner with { Name = "y" }] } })
            .Should().EndWith("Only one reference can have Controller set to true. Found \"true\" in references for Pod/x and Pod/y");

    [Test]
    public void A_kind_that_is_not_modelled_passes_as_the_same_instance()
    {
        var map = new UnstructuredObject(ConfigMap) { Metadata = Meta with { Annotations = LabelSet.Of("Upper.Case/Key", "x"), Finalizers = ["a.b/c", "orphan"] } };

        _admission.Create(map).Should().BeSameAs(map);
    }

    [Test]
    public void A_terminating_object_takes_no_new_finalizers()
    {
        var old = new UnstructuredObject(ConfigMap) { Metadata = Meta with { Finalizers = ["a.b/c"], DeletionTimestamp = DateTimeOffset.UnixEpoch } };

        AdmissionSamples.Refused(() => _admission.Update(old, old with { Metadata = old.Metadata with { Finalizers = ["a.b/c", "a.b/d"] } })).Message.Should().Be(
            "ConfigMap \"c\" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"a.b/d\"}");
    }

    [Test]
    public void What_the_system_wrote_need_not_be_sent_again()
    {
        var old = new UnstructuredObject(ConfigMap) { Metadata = Meta with { Uid = "u", CreationTimestamp = DateTimeOffset.UnixEpoch, DeletionTimestamp = DateTimeOffset.UnixEpoch } };

        _admission.Update(old, new UnstructuredObject(ConfigMap) { Metadata = Meta }).Metadata.Should().Be(old.Metadata);
    }

    [Test]
    public void A_deletion_is_not_for_the_client_to_write()
    {
        var old = new UnstructuredObject(ConfigMap) { Metadata = Meta };

        AdmissionSamples.Refused(() => _admission.Update(old, old with { Metadata = Meta with { DeletionTimestamp = DateTimeOffset.UnixEpoch } })).Message
            .Should().Be("ConfigMap \"c\" is invalid: metadata.deletionTimestamp: Invalid value: \"1970-01-01T00:00:00Z\": field is immutable");
    }
}
