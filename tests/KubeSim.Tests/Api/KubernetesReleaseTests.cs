using KubeSim.Api;

namespace KubeSim.Tests.Api;

[TestFixture]
public sealed class KubernetesReleaseTests
{
    [TestCase("1.31", 31)]
    [TestCase("v1.36", 36)]
    [TestCase("1.37.12", 37)]
    public void A_release_is_read_without_its_patch(string text, int minor)
    {
        KubernetesRelease.TryParse(text, out KubernetesRelease release).Should().BeTrue();
        release.Minor.Should().Be(minor);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("1")]
    [TestCase("1.")]
    [TestCase("2.36")]
    [TestCase("1.30")]
    [TestCase("1.38")]
    [TestCase("1.36.")]
    [TestCase("1.36-rc")]
    [TestCase("1.99999999999")]
    public void What_is_no_known_release_is_refused(string? text) => KubernetesRelease.TryParse(text, out _).Should().BeFalse();
}
