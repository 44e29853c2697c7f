using KubeSim.Conformance.KubeProxy;

namespace KubeSim.Conformance.Tests;

/// <summary>What the words of an update say of time and of syncs.</summary>
public sealed class UpdateStepTests
{
    private static readonly TimeSpan SyncPeriod = TimeSpan.FromSeconds(30);

    [TestCase("sync again more than one second later, nothing changed", 1_001)]
    [TestCase("ordinary sync more than an hour after the last full sync", 3_600_001)]
    [TestCase("sync less than a minute later", 59_999)]
    [TestCase("sync 10 seconds later", 10_000)]
    [TestCase("sync after syncPeriod has passed since the last clean-up", 30_001)]
    [TestCase("delete svc4, sync before syncPeriod has passed since the last clean-up", 0)]
    [TestCase("add a second endpoint to svc3", 0)]
    public void Time_passes_as_the_description_says(string description, int milliseconds) =>
        UpdateStep.Read(description, SyncPeriod).Delay.Should().Be(TimeSpan.FromMilliseconds(milliseconds));

    [TestCase("forced full sync", true, false)]
    [TestCase("delete svc4, with the partial restore made to fail once: a full sync is scheduled", false, true)]
    [TestCase("sync with no changes", false, false)]
    public void Syncs_are_forced_or_fail_as_the_description_says(string description, bool isForced, bool fails) =>
        UpdateStep.Read(description, SyncPeriod).Should().Match<UpdateStep>(step => step.IsForced == isForced && step.Fails == fails);
}
