using KubeSim.Api;

namespace KubeSim.Conformance;

/// <summary>The cases of one real component, and how they are replayed.</summary>
public interface IFamily
{
    /// <summary>The name of its folder.</summary>
    string Name { get; }

    /// <summary>The cases of one file, each with what runs it. Called anew for each run of the tests, so it must not run anything itself.</summary>
    /// <param name="file">What the file says: its only YAML document.</param>
    /// <param name="path">The file below the family's folder, with slashes.</param>
    /// <exception cref="Reading.CaseFormatException">The file holds no cases; it becomes one test that fails.</exception>
    IEnumerable<CaseRun> CasesOf(JsonValue file, string path);
}
