using CsCheck;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Tests.Manifests;

namespace KubeSim.Tests.Api;

public sealed class JsonValueTests
{
    [Test]
    public void The_order_of_members_does_not_count()
    {
        JsonValue first = JsonValue.OfObject([new("a", JsonValue.OfNumber(1)), new("b", JsonValue.Null)]);
        JsonValue second = JsonValue.OfObject([new("b", JsonValue.Null), new("a", JsonValue.OfNumber(1))]);

        first.Should().Be(second);
        first.GetHashCode().Should().Be(second.GetHashCode());
    }

    [Test]
    public void Any_object_equals_itself_with_its_members_reversed_and_nothing_else() =>
        JsonValueGenerators.Object.Sample(
            value =>
            {
                JsonValue reversed = JsonValue.OfObject(value.Fields.Reverse().ToEquatableArray());
                JsonValue more = JsonValue.OfObject([.. value.Fields, new("a name that no generator makes", JsonValue.Null)]);
                return value.Equals(reversed) && value.GetHashCode() == reversed.GetHashCode() && !value.Equals(more);
            },
            iter: 2_000);

    [Test]
    public void Carried_fields_are_equal_in_any_order()
    {
        var first = new CarriedFields([new("a", JsonValue.OfNumber(1)), new("b", JsonValue.OfNumber(2))]);
        var second = new CarriedFields([new("b", JsonValue.OfNumber(2)), new("a", JsonValue.OfNumber(1))]);

        first.Should().Be(second);
        first.GetHashCode().Should().Be(second.GetHashCode());
        first.Should().NotBe(new CarriedFields([new("a", JsonValue.OfNumber(1))]));
    }

    [Test]
    public void Values_of_different_kinds_differ_though_their_text_is_the_same()
    {
        JsonValue.OfText("1").Should().NotBe(JsonValue.OfNumber(1));
        JsonValue.OfText("null").Should().NotBe(JsonValue.Null);
        JsonValue.OfList(default).Should().NotBe(JsonValue.OfObject(default));
    }

    [Test]
    public void A_member_may_not_stand_twice() =>
        FluentActions.Invoking(() => JsonValue.OfObject([new("a", JsonValue.Null), new("a", JsonValue.Null)])).Should().Throw<ArgumentException>().WithMessage("*'a'*twice*");

    [Test]
    public void Two_large_objects_in_opposite_order_are_compared_in_linear_time()
    {
        JsonField[] fields = [.. Enumerable.Range(0, 100_000).Select(i => new JsonField($"k{i}", JsonValue.OfNumber(i)))];

        JsonValue.OfObject(fields.ToEquatableArray()).Should().Be(JsonValue.OfObject(fields.Reverse().ToEquatableArray()));
    }

    [Test]
    public void It_prints_as_JSON() =>
        JsonValue.OfObject([new("a", JsonValue.OfList([JsonValue.OfText("x\"\n"), JsonValue.OfNumber(-1), JsonValue.OfBoolean(true), JsonValue.Null]))])
            .ToString().Should().Be("""{"a":["x\"\n",-1,true,null]}""");
}
