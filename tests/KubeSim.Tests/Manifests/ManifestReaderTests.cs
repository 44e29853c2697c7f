using KubeSim.Api;
using KubeSim.Manifests;
using KubeSim.Tests.Tidy;

namespace KubeSim.Tests.Manifests;

public sealed class ManifestReaderTests
{
    [Test]
    public void Every_object_of_a_real_manifest_is_read_in_its_order_and_without_warnings()
    {
        ReadResult read = ManifestReader.Read(OnlineBoutique(), "online-boutique.yaml");

        read.Warnings.Should().BeEmpty();
        read.Objects.Should().HaveCount(35);
        read.Objects.Count(value => value is Deployment).Should().Be(12);
        read.Objects.Count(value => value is Service).Should().Be(12);
        var frontend = (Deployment)read.Objects[0];
        frontend.Metadata.Name.Should().Be("frontend");
        frontend.Spec.Template.Metadata.Annotations["sidecar.istio.io/rewriteAppHTTPProbers"].Should().Be("true");
        frontend.Spec.Template.Spec.Containers[0].Ports[0].Port.Should().Be(8080);
    }

    private static string OnlineBoutique() => File.ReadAllText(Path.Combine(Repository.Root, "samples/HelloService/online-boutique.yaml"));
}
