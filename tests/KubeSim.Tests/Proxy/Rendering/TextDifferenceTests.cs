using CsCheck;
using KubeSim.Proxy.Rendering;

namespace KubeSim.Tests.Proxy.Rendering;

/// <summary>The lines that two texts do not share.</summary>
public sealed class TextDifferenceTests
{
    [TestCase("a\nb\n", "a\nb\n", "")]
    [TestCase("a\nb\nc\n", "a\nx\nc\n", " a\n-b\n+x\n c\n \n")]
    [TestCase("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n1\n2\n3\n4\n5\n6\n7\n8\n", "+0\n 1\n 2\n@@\n 7\n 8\n-9\n \n")]
    public void Changed_lines_stand_between_their_neighbours(string before, string after, string expected) =>
        TextDifference.Of(before, after).Should().Be(expected);

    [Test]
    public void Leaving_out_what_was_added_gives_the_first_text_and_what_was_removed_the_second() =>
        Gen.Select(Gen.Char['a', 'e'].Array[1, 12], Gen.Char['a', 'e'].Array[1, 12]).Sample((before, after) =>
        {
            string difference = TextDifference.Of(string.Join('\n', before), string.Join('\n', after));
            string[] lines = difference.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Counts(lines, '-', '+').Should().Be(before.Length - after.Length);
            lines.Where(line => line[0] == '-').Select(line => line[1..]).Should().BeSubsetOf(before.Select(line => line.ToString()));
            lines.Where(line => line[0] == '+').Select(line => line[1..]).Should().BeSubsetOf(after.Select(line => line.ToString()));
        });

    private static int Counts(string[] lines, char plus, char minus) => lines.Count(line => line[0] == plus) - lines.Count(line => line[0] == minus);
}
