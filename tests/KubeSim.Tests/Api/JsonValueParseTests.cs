using KubeSim.Api;

namespace KubeSim.Tests.Api;

/// <summary>JSON from text.</summary>
public sealed class JsonValueParseTests
{
    [TestCase("""{"a":[1,-2.50,1e400,"x\n",true,false,null],"b":{}}""")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\"\"")]
    public void A_value_is_written_as_it_was_read(string json) => JsonValue.Parse(json).ToString().Should().Be(json);

    [Test]
    public void A_parsed_value_equals_one_that_was_built() =>
        JsonValue.Parse(""" { "spec" : { "replicas" : 3 } } """).Should().Be(JsonValue.OfObject([new("spec", JsonValue.OfObject([new("replicas", JsonValue.OfNumber(3))]))]));

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{'a':1}")]
    [TestCase("[1,]")]
    [TestCase("1 2")]
    [TestCase("{\"a\":1,\"a\":2}")]
    [TestCase("\"\\uD800\"")]
    public void What_is_no_JSON_is_refused(string text) => FluentActions.Invoking(() => JsonValue.Parse(text)).Should().Throw<FormatException>().WithMessage("*not JSON: *");

    [Test]
    public void A_value_may_have_a_hundred_levels_and_no_more()
    {
        static string Nested(int levels) => new string('[', levels) + new string(']', levels);

        JsonValue.Parse(Nested(100)).Items.Should().ContainSingle();
        FluentActions.Invoking(() => JsonValue.Parse(Nested(101))).Should().Throw<FormatException>();
    }

    [Test]
    public void A_patch_is_written_as_text()
    {
        using var cluster = Cluster.Create();
        cluster.RunPod("web", labels: "app=web,tier=front");

        Pod patched = cluster.Api.Patch<Pod>("web", JsonValue.Parse("""{"metadata":{"labels":{"tier":null,"version":"2"}}}"""));

        patched.Metadata.Labels.ToString().Should().Be("app=web,version=2");
    }
}
