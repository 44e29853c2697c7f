using KubeSim.Api;
using KubeSim.Manifests;

namespace KubeSim.Tests.Manifests;

/// <summary>Objects as text and back, as users do it.</summary>
public sealed class ManifestTests
{
    [Test]
    public void What_is_written_reads_as_it_was()
    {
        using var cluster = Cluster.Create();
        cluster.RunPod("web", port: 80);
        Pod pod = cluster.Api.Get<Pod>("web");

        Manifest.Parse(Manifest.ToYaml(pod)).Objects.Should().Equal(pod);
        Manifest.Parse(Manifest.ToJson(pod)).Objects.Should().Equal(pod);
    }

    [Test]
    public void A_field_that_nobody_knows_is_a_warning_or_when_strict_an_error()
    {
        const string text = "apiVersion: v1\nkind: Service\nspec:\n  prots: []\n";

        Manifest.Parse(text, "web.yaml").Warnings.Should().ContainSingle().Which.ToString().Should().Be("web.yaml:4:10: unknown field \"spec.prots\"");
        FluentActions.Invoking(() => Manifest.Parse(text, strict: true)).Should().Throw<ManifestException>().Which.FieldPath.Should().Be("spec.prots");
    }

    [Test]
    public void Nothing_is_refused_by_name()
    {
        FluentActions.Invoking(() => Manifest.Parse(null!)).Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("text");
        FluentActions.Invoking(() => Manifest.ToYaml(null!)).Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("value");
        FluentActions.Invoking(() => Manifest.ToJson(null!)).Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("value");
    }
}
