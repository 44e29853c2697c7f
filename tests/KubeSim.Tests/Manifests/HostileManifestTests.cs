using System.Globalization;
using System.Text;
using KubeSim.Manifests;

namespace KubeSim.Tests.Manifests;

/// <summary>Texts made to hang, to exhaust or to mislead: each is refused with an ordinary message, or read.</summary>
public sealed class HostileManifestTests
{
    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case("alias bomb", Bomb("[", "]"), "*aliases*");
        yield return Case("merge bomb", "a: &a {" + Repeated("k{0}: v,", 1_000) + "}\nb: {<<: [" + Repeated("*a,", 100_000) + "]}", "*aliases*");
        yield return Case("long text aliased", "a: &a " + new string('x', 100_000) + "\nb: [" + Repeated("*a,", 1_000) + "]", "*longer than*aliases*");
        yield return Case("anchor in itself", "&a [*a]", "*contains itself*");
        yield return Case("anchor in a member of itself", "&a {b: {c: *a}}", "*contains itself*");
        yield return Case("merge of itself", "a: &a\n  <<: *a\n", "*contains itself*");
        yield return Case("deep flow lists", new string('[', 10_000), "*100 deep*");
        yield return Case("deep flow maps", "- " + Repeated("{a: ", 10_000), "*100 deep*");
        yield return Case("deep block lists", Repeated("- ", 10_000) + "a", "*100 deep*");
        yield return Case("deep block maps", string.Concat(Enumerable.Range(0, 1_000).Select(i => new string(' ', i) + "a:\n")), "*100 deep*");
        yield return Case("deep JSON", Repeated("{\"a\":", 10_000), "*100*");
        yield return Case("deep keys", Repeated("? ", 10_000) + "a", "*as key*");
        yield return Case("100 MB", "a: " + new string('x', 100_000_000), "*more than 16777216*");
        yield return Case("a document of 4 MB", "a: " + new string('x', 4_000_000), "*longer than 3145728*");
        yield return Case("a JSON document of 4 MB", "{\"a\":\"" + new string('x', 4_000_000) + "\"}", "*longer than 3145728*");
        yield return Case("a million keys", Repeated("k{0}: v\n", 1_000_000), "*longer than 3145728*");
        yield return Case("a million documents", Repeated("---\na: 1\n", 1_000_000), "*more than 100000 documents*");
        yield return Case("NUL", "apiVersion: v1\0\nkind: Pod\n", "*U+0000*");
        yield return Case("escape character", "a: \u001B[31m", "*U+001B*");
        yield return Case("byte order mark inside", "a: b\uFEFF", "*U+FEFF*");
        yield return Case("half a pair", "a: \uD83D\n", "*U+D83D*surrogate*");
        yield return Case("half a pair escaped", "a: \"\\ud83d\"\n", "*surrogate*");
        yield return Case("hex number of any length", "a: 0x" + new string('f', 100_000), "*number*quote*");
        yield return Case("number of any length", "a: " + new string('9', 100_000), "*number*quote*");
        yield return Case("key of any length", new string('k', 100_000) + ": v", "*not YAML*");
        yield return Case("unclosed quote", "a: \"" + new string('x', 1_000_000), "*not YAML*");
        yield return Case("many anchors on one node", Repeated("&a ", 100_000), "*not YAML*");
        yield return Case("indentation of any number", "a: |9999999999\n", "*not YAML*");
        yield return Case("colons", new string(':', 1_000_000), "*not YAML*");
    }

    [TestCaseSource(nameof(Refused))]
    public void A_hostile_text_is_refused_with_a_short_message(string text, string problem)
    {
        ManifestException wrong = FluentActions.Invoking(() => ManifestReader.Read(text, "hostile.yaml")).Should().Throw<ManifestException>().Which;

        wrong.Problem.Should().Match(problem);
        wrong.Message.Length.Should().BeLessThan(400);
    }

    [Test]
    public void Lists_and_maps_may_lie_100_deep_in_YAML_and_in_JSON()
    {
        string yaml = new string('[', ManifestLimits.Depth) + new string(']', ManifestLimits.Depth);
        string json = Repeated("{\"a\":", ManifestLimits.Depth) + "1" + new string('}', ManifestLimits.Depth);

        YamlDocuments.Read(yaml, null).Should().HaveCount(1);
        JsonDocuments.Read(json, null).Should().HaveCount(1);
        FluentActions.Invoking(() => YamlDocuments.Read($"[{yaml}]", null)).Should().Throw<ManifestException>();
        FluentActions.Invoking(() => JsonDocuments.Read("{\"a\":" + json + "}", null)).Should().Throw<ManifestException>();
    }

    [Test]
    public void Honest_use_of_aliases_is_far_from_the_limit()
    {
        string text = "base: &base {cpu: 100m, memory: 64Mi}\nall:\n" + Repeated("- name: n{0}\n  resources: *base\n", 5_000);

        YamlDocuments.Read(text, null)[0]["all"]!.Items.Length.Should().Be(5_000);
    }

    [Test]
    public void A_hundred_thousand_fields_are_read() =>
        ManifestReader.Read("apiVersion: v1\nkind: Pod\n" + Repeated("k{0}: v\n", 100_000)).Warnings.Length.Should().Be(100_000);

    private static TestCaseData Case(string name, string text, string problem) => new TestCaseData(text, problem).SetArgDisplayNames(name);

    private static string Repeated(string part, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => part.Replace("{0}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));

    private static string Bomb(string open, string close)
    {
        var text = new StringBuilder($"a: &a {open}x,x,x,x,x,x,x,x,x{close}\n");
        for (char name = 'b'; name <= 'z'; name++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: &{name} {open}{string.Join(',', Enumerable.Repeat($"*{(char)(name - 1)}", 9))}{close}\n");
        }

        return text.ToString();
    }
}
