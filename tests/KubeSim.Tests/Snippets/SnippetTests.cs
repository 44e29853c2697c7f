using KubeSim.Tests.Tidy;

namespace KubeSim.Tests.Snippets;

/// <summary>What the documentation shows is what compiles and what it prints. KUBESIM_UPDATE=1 rewrites the blocks.</summary>
[NonParallelizable]
public sealed class SnippetTests
{
    private static IEnumerable<string> Pages() =>
        Repository.Files(".", "*.md").Where(path => path == "README.md" || path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("samples/", StringComparison.Ordinal));

    [TestCaseSource(nameof(Pages))]
    public void Documentation_shows_the_compiled_code_and_its_real_output(string page)
    {
        string path = Repository.PathOf(page);
        string written = Repository.Read(path);
        MarkdownBlocks.Loose(written).Should().BeEmpty("a fenced block follows each marker in {0}", page);
        string actual = MarkdownBlocks.Fill(written, (kind, name) => kind == "snippet" ? SnippetSource.Code(name) : SnippetSource.Output(name));
        if (actual == written) return;
        if (Repository.Update) File.WriteAllText(path, actual);
        else Assert.Fail($"{page} does not show what the snippets are. To rewrite it: KUBESIM_UPDATE=1 dotnet test --filter Snippet\n{TextDifference.Of(written, actual)}");
    }

    [Test]
    public void A_marked_block_is_filled_and_an_unmarked_one_is_left_alone() =>
        MarkdownBlocks.Fill("a\n<!-- snippet: One -->\n```csharp\nold\nlines\n```\n```\nkeep\n```\n<!-- output: Two -->\n\n```text\n```\nend", (kind, name) => $"{kind} of {name}")
            .Should().Be("a\n<!-- snippet: One -->\n```csharp\nsnippet of One\n```\n```\nkeep\n```\n<!-- output: Two -->\n\n```text\noutput of Two\n```\nend");

    [TestCase("<!-- snippet: One -->\ntext")]
    [TestCase("<!-- snippet:One -->\n```\n```")]
    [TestCase("<!-- output: -->\n```\n```")]
    public void A_marker_that_would_be_skipped_is_found(string page) => MarkdownBlocks.Loose(page).Should().ContainSingle();

    [Test]
    public void A_region_loses_the_indentation_its_lines_share() =>
        SnippetSource.Region("x\n    #region A\n    a\n\n      b\n    #endregion\n", "A").Should().Be("a\n\n  b");

    [Test]
    public void A_region_that_is_not_there_is_found() =>
        FluentActions.Invoking(() => SnippetSource.Code("Nowhere")).Should().Throw<InvalidOperationException>().WithMessage("*#region Nowhere*");

    [Test]
    public void The_output_of_a_snippet_is_what_it_prints() => SnippetSource.Output(nameof(SnippetExamples.PrintsTwoLines)).Should().Be("one\ntwo");

    [Test]
    public void The_output_of_an_asynchronous_snippet_is_complete() => SnippetSource.Output(nameof(SnippetExamples.PrintsLater)).Should().Be("later");

    [Test]
    public void A_snippet_that_throws_fails_with_its_own_exception() =>
        FluentActions.Invoking(() => SnippetSource.Output(nameof(SnippetExamples.Throws))).Should().Throw<NotSupportedException>();
}
