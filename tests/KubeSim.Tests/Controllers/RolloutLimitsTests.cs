using KubeSim.Api;
using KubeSim.Controllers.Deployments;

namespace KubeSim.Tests.Controllers;

[TestFixture]
public sealed class RolloutLimitsTests
{
    // replicas, maxSurge, maxUnavailable; Pods at most, unavailable at most, available at least
    [TestCase(0, "25%", "25%", 0, 0, 0)]
    [TestCase(0, "1", "1", 1, 0, 0)]
    [TestCase(1, "25%", "25%", 2, 0, 1)]
    [TestCase(3, "25%", "25%", 4, 0, 3)]
    [TestCase(5, "25%", "25%", 7, 1, 4)]
    [TestCase(10, "25%", "25%", 13, 2, 8)]
    [TestCase(10, "0", "0", 10, 1, 9)]
    [TestCase(3, "0", "25%", 3, 1, 2)]
    [TestCase(3, "0", "100%", 3, 3, 0)]
    [TestCase(3, "0", "7", 3, 3, 0)]
    [TestCase(100, "1%", "1%", 101, 1, 99)]
    public void Surge_is_rounded_up_and_unavailability_down(int replicas, string surge, string unavailable, int total, int mayLack, int available)
    {
        RolloutLimits limits = RolloutLimits.Of(TestControlPlane.Deployment("web", replicas).Spec with { Strategy = Rolling(surge, unavailable) });

        (limits.MaxTotal, limits.MaxUnavailable, limits.MinAvailable).Should().Be((total, mayLack, available));
    }

    [Test]
    public void A_quarter_is_the_default() =>
        RolloutLimits.Of(TestControlPlane.Deployment("web", 8).Spec).Should().Be(new RolloutLimits(8, 2, 2));

    [Test]
    public void Recreate_has_neither_surge_nor_a_remainder() =>
        RolloutLimits.Of(TestControlPlane.Deployment("web", 8).Spec with { Strategy = new() { Type = "Recreate" } }).Should().Be(new RolloutLimits(8, 0, 0));

    internal static DeploymentStrategy Rolling(string surge, string unavailable) =>
        new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = Value(surge), MaxUnavailable = Value(unavailable) } };

    private static IntOrString Value(string text) => text.EndsWith('%') ? text : int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
