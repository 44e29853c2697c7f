using KubeSim.Api;
using KubeSim.Manifests;

namespace KubeSim.Tests.Manifests;

public sealed class YamlWriterTests
{
    [TestCase("plain", "plain")]
    [TestCase("", "\"\"")]
    [TestCase("yes", "\"yes\"")]
    [TestCase("010", "\"010\"")]
    [TestCase("2026-01-31T12:00:00Z", "\"2026-01-31T12:00:00Z\"")]
    [TestCase("2026-02-30", "2026-02-30")]
    [TestCase("12:30", "\"12:30\"")]
    [TestCase("12:75", "12:75")]
    [TestCase("a: b", "'a: b'")]
    [TestCase("it's: so", "'it''s: so'")]
    [TestCase("- a", "'- a'")]
    [TestCase("-a", "-a")]
    [TestCase("*", "'*'")]
    [TestCase(" a", "' a'")]
    [TestCase("tab\there", "\"tab\\there\"")]
    [TestCase("é", "é")]
    [TestCase("😀", "\"\\U0001F600\"")]
    [TestCase("a\nb", "|-\n  a\n  b")]
    [TestCase("a\nb\n", "|\n  a\n  b")]
    [TestCase("a\n\n", "|+\n  a\n")]
    [TestCase("  a\nb\n", "|2\n    a\n  b")]
    [TestCase("a \nb", "\"a \\nb\"")]
    public void A_string_is_written_as_kubectl_prints_it(string text, string written) =>
        YamlWriter.Write(JsonValue.OfObject([new("v", JsonValue.OfText(text))])).Should().Be($"v: {written}\n");

    [Test]
    public void A_long_line_is_folded_at_the_first_space_behind_column_80()
    {
        string words = string.Join(' ', Enumerable.Repeat("word", 20));

        string yaml = YamlWriter.Write(JsonValue.OfObject([new("message", JsonValue.OfText(words))]));

        yaml.Should().Be("message: " + string.Join(' ', Enumerable.Repeat("word", 15)) + "\n  " + string.Join(' ', Enumerable.Repeat("word", 5)) + "\n");
    }

    [Test]
    public void Members_are_sorted_as_people_count()
    {
        string[] names = ["b", "a10", "a2", "a", "A", "a-b", "a.b", "10", "9", "a02", "ab"];

        string yaml = YamlWriter.Write(JsonValue.OfObject([.. names.Select(name => new JsonField(name, JsonValue.Null))]));

        yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)].Trim('"'))
            .Should().Equal("9", "10", "A", "a", "a-b", "a.b", "a2", "a02", "a10", "ab", "b");
    }

    [Test]
    public void Lists_stand_at_the_level_of_their_name_and_nested_ones_in_one_line()
    {
        JsonValue value = JsonDocuments.Read("""{"a":[{"b":1,"c":[]},[1,[2]],{},null],"d":{}}""", null)[0];

        YamlWriter.Write(value).Should().Be("a:\n- b: 1\n  c: []\n- - 1\n  - - 2\n- {}\n- null\nd: {}\n");
    }

    [Test]
    public void A_Service_is_printed_as_kubectl_prints_it()
    {
        var service = new Service
        {
            Metadata = ObjectMeta.Empty with { Name = "web", Namespace = "default", Labels = [new("app", "web")], CreationTimestamp = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero) },
            Spec = ServiceSpec.Empty with { Type = ServiceType.ClusterIP, ClusterIP = "10.96.0.10", ClusterIPs = ["10.96.0.10"], Ports = [new ServicePort { Port = 80, TargetPort = "http", Protocol = "TCP" }] },
        };

        ManifestWriter.ToYaml(service).Should().Be(
            """
            apiVersion: v1
            kind: Service
            metadata:
              creationTimestamp: "2026-01-31T12:00:00Z"
              labels:
                app: web
              name: web
              namespace: default
            spec:
              clusterIP: 10.96.0.10
              clusterIPs:
              - 10.96.0.10
              ports:
              - port: 80
                protocol: TCP
                targetPort: http
              type: ClusterIP
            status:
              loadBalancer: {}

            """.ReplaceLineEndings("\n"));
        ManifestWriter.ToJson(service).Should().StartWith("{\n    \"apiVersion\": \"v1\",\n    \"kind\": \"Service\",\n    \"metadata\": {\n        \"creationTimestamp\"").And.EndWith("\n}\n");
    }
}
