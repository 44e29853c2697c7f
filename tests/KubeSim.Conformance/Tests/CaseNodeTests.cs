using KubeSim.Conformance.Reading;
using KubeSim.Manifests;

namespace KubeSim.Conformance.Tests;

/// <summary>The reading layer: what is not read is told.</summary>
public sealed class CaseNodeTests
{
    [Test]
    public void What_was_read_is_not_complained_about()
    {
        CaseNode node = Read("a: 1\nb: {c: [x, {d: true}], e: null}\nnotes: [whatever]");
        node["a"].Number.Should().Be(1);
        node["b"]["c"].Items[0].Text.Should().Be("x");
        node["b"]["c"].Items[1]["d"].Boolean.Should().BeTrue();
        node["b"]["e"].IsNull.Should().BeTrue();
        node.Skip("notes");
        node.Invoking(read => read.EnsureAllRead()).Should().NotThrow();
    }

    [Test]
    public void Keys_that_nobody_read_are_listed_with_their_lines()
    {
        CaseNode node = Read("a: 1\nb:\n  c: 2\n  d: 3\ne:\n- f: 4\n- g: 5\n");
        _ = node["b"]["c"].Number;
        _ = node["e"].Items[1]["g"].Number;
        node.Invoking(read => read.EnsureAllRead()).Should().Throw<CaseFormatException>()
            .WithMessage("*case.yaml:1: a*case.yaml:4: b.d*case.yaml:6: e[0]*").And.Message.Should().NotContain("e[1]").And.NotContain("b.c");
    }

    [Test]
    public void A_key_that_was_found_but_not_looked_at_is_unread()
    {
        CaseNode node = Read("a: 1");
        _ = node["a"];
        node.Invoking(read => read.EnsureAllRead()).Should().Throw<CaseFormatException>().WithMessage("*case.yaml:1: a");
    }

    [Test]
    public void A_value_of_another_kind_is_refused_with_its_place() =>
        Read("a:\n  b: text").Invoking(node => node["a"]["b"].Number).Should().Throw<CaseFormatException>()
            .WithMessage("case.yaml:2: a.b should be a whole number, but is \"text\"");

    private static CaseNode Read(string text) => CaseNode.Of(YamlDocuments.Read(text, "case.yaml").Single(), "case.yaml");
}
