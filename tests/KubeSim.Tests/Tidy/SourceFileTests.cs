namespace KubeSim.Tests.Tidy;

public sealed class SourceFileTests
{
    private static IEnumerable<(string Path, string Text)> Sources() =>
        Repository.Files("src", "*.cs").Select(path => (path, Repository.Read(Repository.PathOf(path))));

    [Test]
    public void Every_source_file_keeps_the_rules() =>
        Sources().SelectMany(file => SourceRules.Broken(file.Path, file.Text)).Should().BeEmpty();

    [Test]
    public void Source_files_are_small()
    {
        double median = SourceRules.Median(Sources().Select(file => SourceRules.Lines(file.Text)));
        TestContext.Out.WriteLine($"Median length of a source file: {median} lines.");
        median.Should().BeLessThanOrEqualTo(SourceRules.MedianFile, "a file holds one concept");
    }
}
