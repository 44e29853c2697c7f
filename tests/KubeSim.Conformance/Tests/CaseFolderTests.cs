using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Tests;

/// <summary>Nothing that lies in the folder of cases goes by unseen.</summary>
public sealed class CaseFolderTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("kubesim-cases").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_family_without_a_runner_fails() => Fails("unheard-of/some/file.yaml", "name: x", "*no runner for family unheard-of");

    [Test]
    public void A_file_outside_of_any_family_fails() => Fails("file.yaml", "name: x", "*it stands in no family's folder");

    [Test]
    public void A_folder_without_cases_fails() => Run(CaseFolder.Read(_folder).Single()).Should().Throw<CaseFormatException>().WithMessage("*there is no case in it");

    [Test]
    public void A_folder_that_is_not_there_fails() =>
        Run(CaseFolder.Read(Path.Combine(_folder, "none")).Single()).Should().Throw<CaseFormatException>().WithMessage("*there is no such folder");

    [Test]
    public void Deviations_are_no_case()
    {
        Write(Deviations.FileName, "[]");
        CaseFolder.Read(_folder).Single().Id.Should().Be(_folder);
    }

    [Test]
    public void A_deviation_needs_a_reason()
    {
        Deviations.Parse("- {id: a, reason: because}").Should().ContainKey("a").WhoseValue.Should().Be("because");
        FluentActions.Invoking(() => Deviations.Parse("- {id: a}")).Should().Throw<CaseFormatException>().WithMessage("*reason*");
        FluentActions.Invoking(() => Deviations.Parse("- {id: a, reason: x, until: never}")).Should().Throw<CaseFormatException>().WithMessage("*until*");
    }

    [Test]
    public void Every_deviation_of_ours_names_a_case_of_ours() =>
        Deviations.Own.Keys.Except(CaseFolder.Read(CaseFolder.Own).Select(one => one.Id), StringComparer.Ordinal).Should().BeEmpty();

    private static Action Run(ConformanceCase one) => one.Run;

    private void Fails(string path, string text, string message)
    {
        Write(path, text);
        Run(CaseFolder.Read(_folder).Single()).Should().Throw<CaseFormatException>().WithMessage(message);
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
