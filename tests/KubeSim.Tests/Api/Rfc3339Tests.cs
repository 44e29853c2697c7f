using KubeSim.Api;

namespace KubeSim.Tests.Api;

public sealed class Rfc3339Tests
{
    [TestCase("2026-01-31T12:00:00Z", "2026-01-31T12:00:00")]
    [TestCase("2026-01-31T12:00:00.999999999Z", "2026-01-31T12:00:00")]
    [TestCase("2026-01-31T12:00:00+02:30", "2026-01-31T09:30:00")]
    [TestCase("2026-01-31T23:30:00-01:00", "2026-02-01T00:30:00")]
    public void A_time_is_read_in_UTC_and_whole_seconds(string text, string expected)
    {
        Rfc3339.TryParse(text, out DateTimeOffset time).Should().BeTrue();
        time.UtcDateTime.ToString("s").Should().Be(expected);
        time.Offset.Should().Be(TimeSpan.Zero);
    }

    [TestCase("")]
    [TestCase("12:00")]
    [TestCase("2026-01-31")]
    [TestCase("1/31/2026")]
    [TestCase("2026-01-31 12:00:00Z")]
    [TestCase("2026-01-31T12:00:00")]
    [TestCase("2026-02-30T12:00:00Z")]
    [TestCase("2026-01-31T24:00:00Z")]
    [TestCase("2026-01-31T12:00:00.Z")]
    [TestCase("2026-01-31T12:00:00+25:00")]
    [TestCase("0001-01-01T00:00:00+01:00")]
    [TestCase("9999-12-31T23:59:59-01:00")]
    [TestCase("2026-01-31T12:00:00Z ")]
    public void Nothing_else_is_a_time(string text) => Rfc3339.TryParse(text, out _).Should().BeFalse();
}
