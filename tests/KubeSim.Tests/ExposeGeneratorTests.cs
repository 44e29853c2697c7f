using KubeSim.Api;
using KubeSim.Manifests;
using KubeSim.Tests.Tidy;

namespace KubeSim.Tests;

/// <summary>The Services that the real kubectl 1.32.5 made, and its refusals.</summary>
public sealed class ExposeGeneratorTests
{
    /// <summary>The flags of kubectl that the verb has; a row with another one cannot be asked of it.</summary>
    private static readonly string[] Flags = ["--name", "--port", "--target-port", "--type", "--protocol", "--session-affinity", "--cluster-ip"];

    private static IEnumerable<TestCaseData> Recorded()
    {
        string path = Repository.PathOf("tests", "KubeSim.Tests", "Recorded", "kubectl-expose.yaml");
        foreach (JsonValue row in YamlDocuments.Read(Repository.Read(path), path)[0].Items.ToImmutableArray())
        {
            string[] arguments = [.. row["args"]!.Items.Select(argument => argument.Text!)];
            if (arguments.All(IsAskable)) yield return new TestCaseData(row, arguments).SetArgDisplayNames(row["source"]!.Text!, string.Join(' ', arguments));
        }
    }

    [TestCaseSource(nameof(Recorded))]
    public void A_service_is_what_kubectl_makes(JsonValue row, string[] arguments)
    {
        JsonValue given = row["sourceObject"]!;
        KubernetesObject exposed = ObjectMapping.Read(JsonValue.OfObject(
            [new("apiVersion", JsonValue.OfText(given["kind"]!.Text == "Deployment" ? "apps/v1" : "v1")), .. given.Fields.Where(field => field.Name != "apiVersion")]));
        JsonValue recorded = row["kubectl1.32"]!;
        Func<Service> generate = () => ExposeGenerator.Generate(exposed, Options(arguments));

        if (recorded["error"]?.Text is { } error)
        {
            generate.Should().Throw<InvalidOperationException>().WithMessage(error["error: ".Length..]);
            return;
        }

        var wanted = (Service)ObjectMapping.Read(recorded["object"]!);
        Service made = generate();
        made.Spec.Should().Be(wanted.Spec);
        made.Metadata.Name.Should().Be(wanted.Metadata.Name);
        made.Metadata.Labels.Should().Equal(wanted.Metadata.Labels);
    }

    [Test]
    public void Most_of_the_recording_can_be_asked() => Recorded().Should().HaveCount(23);

    private static bool IsAskable(string argument) =>
        Flags.Contains(argument.Split('=')[0], StringComparer.Ordinal) && (!argument.StartsWith("--port=", StringComparison.Ordinal) || int.TryParse(argument["--port=".Length..], out _));

    private static ExposeOptions Options(string[] arguments)
    {
        string? Flag(string name) => arguments.FirstOrDefault(argument => argument.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
        IntOrString? target = Flag("--target-port") is not { } text ? default(IntOrString?) : int.TryParse(text, out int number) ? new IntOrString(number) : new IntOrString(text);
        return new ExposeOptions(
            Flag("--name"), Flag("--port") is { } port ? int.Parse(port, System.Globalization.CultureInfo.InvariantCulture) : null, target,
            Flag("--type"), Flag("--protocol"), Flag("--session-affinity"), Flag("--cluster-ip"));
    }
}
