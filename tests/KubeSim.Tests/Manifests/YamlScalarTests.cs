using System.Text.Json;
using KubeSim.Api;
using KubeSim.Manifests;

namespace KubeSim.Tests.Manifests;

/// <summary>What kubectl takes a plain scalar for: go-yaml's rules of YAML 1.1, and the numbers as Go's JSON spells them.</summary>
public sealed class YamlScalarTests
{
    [TestCase("yes", "true")]
    [TestCase("No", "false")]
    [TestCase("ON", "true")]
    [TestCase("off", "false")]
    [TestCase("y", "true")]
    [TestCase("N", "false")]
    [TestCase("True", "true")]
    [TestCase("tRUE", "\"tRUE\"")]
    [TestCase("~", "null")]
    [TestCase("Null", "null")]
    [TestCase("", "null")]
    [TestCase("0", "0")]
    [TestCase("-0", "0")]
    [TestCase("+5", "5")]
    [TestCase("010", "8")]
    [TestCase("08", "8")]
    [TestCase("0o17", "15")]
    [TestCase("0x1F", "31")]
    [TestCase("-0x1f", "-31")]
    [TestCase("0b101", "5")]
    [TestCase("1_000", "1000")]
    [TestCase("_1", "\"_1\"")]
    [TestCase("0x", "\"0x\"")]
    [TestCase("0xg", "\"0xg\"")]
    [TestCase("-a", "\"-a\"")]
    [TestCase("1.0", "1")]
    [TestCase("1.50", "1.5")]
    [TestCase(".5", "0.5")]
    [TestCase("1.", "1")]
    [TestCase("1e3", "1000")]
    [TestCase("1E-7", "1e-7")]
    [TestCase("1e21", "1e+21")]
    [TestCase("1e999", "\"1e999\"")]
    [TestCase(".", "\".\"")]
    [TestCase(".5_0", "\".5_0\"")]
    [TestCase("1.2.3", "\"1.2.3\"")]
    [TestCase("9223372036854775807", "9223372036854775807")]
    [TestCase("-9223372036854775808", "-9223372036854775808")]
    [TestCase("18446744073709551615", "18446744073709551615")]
    [TestCase("18446744073709551616", "18446744073709552000")]
    [TestCase("12:30", "\"12:30\"")]
    [TestCase("2026-01-31", "\"2026-01-31\"")]
    [TestCase("2026-01-31T12:00:00Z", "\"2026-01-31T12:00:00Z\"")]
    [TestCase("10.96.0.10", "\"10.96.0.10\"")]
    [TestCase("100m", "\"100m\"")]
    [TestCase("!!str 80", "\"80\"")]
    [TestCase("!!int \"80\"", "80")]
    [TestCase("!!float 1", "1")]
    [TestCase("!!bool \"yes\"", "true")]
    [TestCase("!!null \"\"", "null")]
    [TestCase("!!binary aGk=", "\"hi\"")]
    [TestCase("!!timestamp 2026-01-31", "\"2026-01-31\"")]
    [TestCase("!own 80", "\"80\"")]
    [TestCase("\"yes\"", "\"yes\"")]
    [TestCase("'010'", "\"010\"")]
    [TestCase("\"\\u00e9\\x41\\U0001F600\"", "\"éA😀\"")]
    [TestCase("|\n  a\n  b\n", "\"a\\nb\\n\"")]
    [TestCase(">-\n  a\n  b\n", "\"a b\"")]
    public void A_scalar_reads_as_in_kubectl(string scalar, string json)
    {
        JsonValue value = YamlDocuments.Read("v: " + scalar + "\n", null)[0]["v"]!;

        value.ToString().Should().Be(JsonValue.OfList([JsonDocuments.Read("{\"v\":" + json + "}", null)[0]["v"]!]).ToString()[1..^1]);
        value.Kind.Should().Be(JsonDocuments.Read("{\"v\":" + json + "}", null)[0]["v"]!.Kind);
    }

    [TestCase("yes: 1", "true")]
    [TestCase("010: 1", "8")]
    [TestCase("1.5: 1", "1.5")]
    [TestCase("\"yes\": 1", "yes")]
    [TestCase("a b: 1", "a b")]
    [TestCase("? a\n: 1", "a")]
    [TestCase("http://a: 1", "http://a")]
    public void A_key_is_the_text_of_what_it_reads_as(string text, string key) => YamlDocuments.Read(text, null)[0].Fields[0].Name.Should().Be(key);

    [Test]
    public void Aliases_and_merge_keys_repeat_what_they_name()
    {
        JsonValue value = YamlDocuments.Read("a: &a {p: 1, q: 2}\nb: *a\nc: {<<: *a, q: 3}\nd: {q: 4, <<: *a}\ne: {<<: [{q: 5}, *a]}\nf: {\"<<\": 6}\n", null)[0];

        value["b"].Should().Be(value["a"]);
        value["c"]!.ToString().Should().Be("""{"p":1,"q":3}""");
        value["d"]!["q"]!.Text.Should().Be("2", "in kubectl a merge key behind a field replaces it");
        value["e"]!["q"]!.Text.Should().Be("5");
        value["f"]!["<<"]!.Text.Should().Be("6");
    }

    [TestCase(0, "0")]
    [TestCase(0.1, "0.1")]
    [TestCase(-1234.5, "-1234.5")]
    [TestCase(1e20, "100000000000000000000")]
    [TestCase(1e21, "1e+21")]
    [TestCase(1.5e300, "1.5e+300")]
    [TestCase(0.000001, "0.000001")]
    [TestCase(0.0000001, "1e-7")]
    [TestCase(double.Epsilon, "5e-324")]
    [TestCase(double.MaxValue, "1.7976931348623157e+308")]
    public void A_float_is_spelled_as_Go_spells_it(double value, string text)
    {
        GoNumber.Spell(value).Should().Be(text);
        YamlScalar.Resolve(text, out string spelled).Should().Be(JsonValueKind.Number);
        spelled.Should().Be(text);
    }
}
