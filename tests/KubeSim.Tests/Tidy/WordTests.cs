namespace KubeSim.Tests.Tidy;

/// <summary>What is committed speaks of the thing itself, not of the desk it was made at.</summary>
public sealed class WordTests
{
    private const int LargestText = 1 << 20;

    // In two halves, so that this file does not hold them.
    private static readonly string[] Unwanted = ["sub" + "agent", "/wo" + "rk/", "/tmp" + "/w/", "/tmp" + "/plan", "CONTRACTS" + ".md", "api-" + "sketch"];

    [Test]
    public void No_file_speaks_of_the_desk_it_was_made_at() =>
        Repository.Files(".", "*").Where(path => new FileInfo(Repository.PathOf(path)).Length <= LargestText)
            .SelectMany(path => Found(path, Repository.Read(Repository.PathOf(path)))).Should().BeEmpty();

    [Test]
    public void An_unwanted_word_is_found() => Found("a.cs", "a\n// see /wo" + "rk/x\n").Should().Equal("a.cs:2 has '/wo" + "rk/'");

    [Test]
    public void An_ordinary_path_is_not() => Found("a.cs", "src/network/a").Should().BeEmpty();

    private static IEnumerable<string> Found(string path, string text) =>
        text.Split('\n').SelectMany((line, i) => Unwanted.Where(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => $"{path}:{i + 1} has '{word}'"));
}
