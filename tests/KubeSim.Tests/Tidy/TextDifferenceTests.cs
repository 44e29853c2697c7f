namespace KubeSim.Tests.Tidy;

public sealed class TextDifferenceTests
{
    [Test]
    public void Equal_texts_have_no_difference() => TextDifference.Of("a\nb", "a\nb").Should().BeEmpty();

    [Test]
    public void What_is_gone_and_what_is_new_is_listed_with_its_line() =>
        TextDifference.Of("a\nb\nc\nd", "a\nc\nx\nd").Should().Be("-    2: b\n+    3: x");

    [Test]
    public void A_long_difference_is_cut() =>
        TextDifference.Of("", string.Concat(Enumerable.Range(0, 100).Select(i => $"{i}\n"))).Should().EndWith("... and 40 lines more");
}
