using KubeSim.Simulation;
using KubeSim.Tests.Tidy;
using PublicApiGenerator;

namespace KubeSim.Tests.PublicApi;

/// <summary>The public face of the library, as text that is read and approved. KUBESIM_UPDATE=1 rewrites it.</summary>
public sealed class PublicApiTests
{
    private static readonly string Approved = Repository.PathOf("tests", "KubeSim.Tests", "PublicApi", "KubeSim.approved.txt");

    [Test]
    public void The_public_face_is_the_approved_one()
    {
        string actual = typeof(DeterministicRandom).Assembly
            .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Repository.Update) File.WriteAllText(Approved, actual);
        string approved = File.Exists(Approved) ? Repository.Read(Approved) : "";
        if (actual != approved)
            Assert.Fail($"The public API is not the approved one. If the change is meant: KUBESIM_UPDATE=1 dotnet test --filter PublicApi\n{TextDifference.Of(approved, actual)}");
    }
}
