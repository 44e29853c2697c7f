using CsCheck;
using KubeSim.Api;

namespace KubeSim.Tests.Api;

public sealed class LabelSetTests
{
    private static readonly Gen<LabelSet> Any =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2]).Array[0, 6].Select(pairs => LabelSet.Create([.. pairs.Select(pair => new Label($"k{pair.Item1}", $"v{pair.Item2}"))]));

    [Test]
    public void Labels_are_sorted_by_key_and_the_last_value_of_a_key_counts()
    {
        LabelSet labels = [new("tier", "front"), new("app", "old"), new("app", "web")];

        labels.ToString().Should().Be("app=web,tier=front");
        labels.Count.Should().Be(2);
        labels["tier"].Should().Be("front");
        labels["none"].Should().BeNull();
    }

    [Test]
    public void Keys_sort_by_their_code_units_in_every_culture() =>
        LabelSet.Create([new("b", ""), new("B", ""), new("a", ""), new("-", "")]).Select(label => label.Key).Should().Equal("-", "B", "a", "b");

    [Test]
    public void A_set_is_a_subset_exactly_if_the_other_has_each_of_its_labels() =>
        Gen.Select(Any, Any).Sample((left, right) => left.IsSubsetOf(right) == left.All(label => right[label.Key] == label.Value), iter: 5_000);

    [Test]
    public void Adding_and_removing_a_key_gives_the_set_as_it_would_be_made_anew() =>
        Any.Sample(labels => labels.With("k3", "x")["k3"] == "x" && !labels.With("k3", "x").Without("k3").ContainsKey("k3") && labels.With("k9", "x").Without("k9") == labels, iter: 2_000);

    [Test]
    public void Equal_sets_have_equal_hashes() =>
        Any.Sample(labels => LabelSet.Create([.. labels.Reverse()]) == labels && LabelSet.Create([.. labels.Reverse()]).GetHashCode() == labels.GetHashCode(), iter: 2_000);

    [TestCase("", "")]
    [TestCase("app=web", "app=web")]
    [TestCase(" b = 2 , a=1 ,", "a=1,b=2")]
    [TestCase("a=", "a=")]
    [TestCase("a=b=c", "a=b=c")]
    public void A_text_is_read_as_labels(string text, string expected) => LabelSet.Parse(text).ToString().Should().Be(expected);

    [TestCase("app")]
    [TestCase("=web")]
    [TestCase(" = web")]
    [TestCase("a=1,b")]
    public void A_text_without_key_or_equals_sign_is_refused(string text) =>
        FluentActions.Invoking(() => LabelSet.Parse(text)).Should().Throw<FormatException>();
}
