namespace KubeSim.Conformance;

/// <summary>Replays what was recorded from the real components: one test for each case, see <see cref="CaseFolder"/>.</summary>
public sealed class ConformanceTests
{
    private static IEnumerable<TestCaseData> Cases => CaseFolder.Read(CaseFolder.Current).Select(one => new TestCaseData(one).SetName(one.Id));

    [TestCaseSource(nameof(Cases))]
    public void Conforms(ConformanceCase one)
    {
        if (!Deviations.Own.TryGetValue(one.Id, out string? reason))
        {
            one.Run();
            return;
        }

        Action run = one.Run;
        run.Should().Throw<Exception>("it stands in {0}, which is for cases that do not hold", Deviations.FileName);
        Assert.Ignore($"KubeSim deviates: {reason}");
    }
}
