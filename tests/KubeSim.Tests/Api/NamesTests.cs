using KubeSim.Api;

namespace KubeSim.Tests.Api;

public sealed class NamesTests
{
    [TestCase("web", "", "web")]
    [TestCase("default/web", "default", "web")]
    public void A_name_is_read_with_or_without_its_namespace(string text, string space, string name)
    {
        NamespacedName.Parse(text).Should().Be(new NamespacedName(space, name));
        NamespacedName.Parse(text).ToString().Should().Be(text);
    }

    [TestCase("/")]
    [TestCase("a/")]
    [TestCase("/a")]
    [TestCase("a/b/c")]
    public void A_name_with_an_empty_part_or_two_slashes_is_refused_and_named(string text) =>
        FluentActions.Invoking(() => NamespacedName.Parse(text)).Should().Throw<ArgumentException>().WithMessage($"*'{text}'*");

    [Test]
    public void Names_sort_by_namespace_and_then_by_name()
    {
        NamespacedName[] names = ["b/a", "a/b", "Z", "a/B", "a/a"];

        names.Order().Select(name => name.ToString()).Should().Equal("Z", "a/B", "a/a", "a/b", "b/a");
        (names[1] < names[0]).Should().BeTrue();
        (names[1] >= names[0]).Should().BeFalse();
    }

    [Test]
    public void A_number_and_its_digits_are_different_ports()
    {
        new IntOrString(80).Should().NotBe(new IntOrString("80"));
        new IntOrString(80).ToString().Should().Be("80");
        new IntOrString("http").IsNumber.Should().BeFalse();
        default(IntOrString).Should().Be(new IntOrString(0));
        FluentActions.Invoking(() => new IntOrString(null!)).Should().Throw<ArgumentNullException>();
    }
}
