using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class InvariantTests
{
    [Test]
    public void A_condition_that_does_not_hold_stops_the_run_and_says_which() =>
        FluentActions.Invoking(() => Invariant.Hold(false, "expected 1, found 2"))
            .Should().Throw<SimulationBugException>().WithMessage("expected 1, found 2");

    [Test]
    public void A_condition_that_holds_passes() => FluentActions.Invoking(() => Invariant.Hold(true, "never")).Should().NotThrow();
}
