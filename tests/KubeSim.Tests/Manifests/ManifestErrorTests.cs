using System.Globalization;
using KubeSim.Manifests;

namespace KubeSim.Tests.Manifests;

public sealed class ManifestErrorTests
{
    private const string Pod = "apiVersion: v1\nkind: Pod\n";

    [TestCase(Pod + "metadata: web\n", 3, 11, "metadata", "*expected an object*\"web\"*")]
    [TestCase("apiVersion: v1\nkind: Service\nspec:\n  ports:\n  - port: http\n", 5, 11, "spec.ports[0].port", "*expected a whole number*\"http\"*")]
    [TestCase("apiVersion: v1\nkind: Service\nspec: {ports: {port: 80}}\n", 3, 15, "spec.ports", "*expected a list*an object*")]
    [TestCase("apiVersion: v1\nkind: Service\nspec: {selector: {app: 1}}\n", 3, 24, "spec.selector.app", "*expected a string*the number 1*")]
    [TestCase("apiVersion: v1\nkind: Service\nmetadata: {name: yes}\n", 3, 18, "metadata.name", "*expected a string*true*")]
    [TestCase(Pod + "metadata: {creationTimestamp: tomorrow}\n", 3, 31, "metadata.creationTimestamp", "*expected a time*\"tomorrow\"*")]
    [TestCase("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  spec: 1\n", 6, 9, "items[0].spec", "*expected an object*")]
    [TestCase("kind: Pod\n", 1, 1, "apiVersion", "*apiVersion and kind*")]
    [TestCase("---\n---\n\napiVersion: v1\n", 4, 1, "kind", "*apiVersion and kind*")]
    [TestCase("apiVersion: 1\nkind: Pod\n", 1, 13, "apiVersion", "*expected a non-empty string*")]
    [TestCase("apiVersion: v1\nkind: List\nitems:\n- metadata: {}\n", 4, 3, "items[0].kind", "*apiVersion and kind*")]
    [TestCase("just text\n", 1, 1, "", "*expected an object*")]
    [TestCase("- a\n", 1, 1, "", "*expected an object*")]
    [TestCase("a: 1\nb: 2\na: 3\n", 3, 1, "a", "*\"a\" stands twice*line 1*")]
    [TestCase("\"1\": a\n1: b\n", 2, 1, "1", "*\"1\" stands twice*")]
    [TestCase("a: [1, 2\nb: 3\n", 1, 6, "a", "*not YAML*bracket*not closed*")]
    [TestCase("a:\n\tb: 1\n", 1, 1, "a", "*not YAML*")]
    [TestCase("a: b: c\n", 1, 5, "a", "*not YAML*")]
    [TestCase("a: *b\n", 1, 4, "a", "*no anchor 'b'*")]
    [TestCase("a: {<<: 1}\n", 1, 9, "a.<<", "*expected a map to merge*")]
    [TestCase("? [a]\n: b\n", 1, 3, "", "*expected a string as key*")]
    [TestCase("~: b\n", 1, 1, "", "*expected a string as key, found null*")]
    [TestCase("a: !!int b\n", 1, 4, "a", "*\"b\" is no int*")]
    [TestCase("a: !!binary '*'\n", 1, 4, "a", "*base64*")]
    [TestCase("a: .inf\n", 1, 4, "a", "*.inf*JSON*quote*")]
    [TestCase("a *b: 1\n", 1, 1, "", "*quote the key*")]
    [TestCase("!![ #", 1, 4, "", "*not YAML*")]
    [TestCase("{\n  \"a\": 1,\n  \"a\": 2}", 3, 3, "a", "*\"a\" stands twice*line 2*")]
    [TestCase("{\"a\":\n \"é\", \"b\": ]}", 2, 12, "b", "*not JSON*")]
    [TestCase("{\"a\": \"\\ud800\"}", 1, 7, "a", "*surrogate*")]
    [TestCase("{\"a\": 1e999}", 1, 7, "a", "*too large*")]
    public void The_message_names_the_place_and_what_was_expected(string text, int line, int column, string path, string problem)
    {
        ManifestException wrong = FluentActions.Invoking(() => ManifestReader.Read(text, "web.yaml")).Should().Throw<ManifestException>().Which;

        (wrong.Line, wrong.Column, wrong.FieldPath).Should().Be((line, column, path), "{0}", wrong.Message);
        wrong.Problem.Should().Match(problem);
        wrong.Message.Should().StartWith(string.Create(CultureInfo.InvariantCulture, $"web.yaml:{line}:{column}: "));
    }

    [Test]
    public void Without_a_file_the_message_names_line_and_column() =>
        FluentActions.Invoking(() => ManifestReader.Read(Pod + "spec: 1\n")).Should().Throw<ManifestException>()
            .WithMessage("line 3, column 7: spec: expected an object, found the number 1");

    [Test]
    public void The_first_of_several_mistakes_is_reported() =>
        FluentActions.Invoking(() => ManifestReader.Read(Pod + "spec: 1\n---\n" + Pod + "spec: 2\n")).Should().Throw<ManifestException>().Which.Line.Should().Be(3);

    [Test]
    public void A_text_must_be_given() => FluentActions.Invoking(() => ManifestReader.Read(null!)).Should().Throw<ArgumentNullException>();
}
