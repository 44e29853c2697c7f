using CsCheck;
using KubeSim.Collections;

namespace KubeSim.Tests.Collections;

public sealed class EquatableArrayTests
{
    [Test]
    public void Lists_are_equal_exactly_if_their_elements_are_in_their_order() =>
        Gen.Select(Gen.Int[0, 2].Array[0, 3], Gen.Int[0, 2].Array[0, 3]).Sample(
            (left, right) =>
            {
                EquatableArray<int> first = left.ToEquatableArray();
                EquatableArray<int> second = right.ToEquatableArray();
                bool areSame = left.SequenceEqual(right);
                return (first == second) == areSame && (first != second) == !areSame && first.Equals((object)second) == areSame && (!areSame || first.GetHashCode() == second.GetHashCode());
            },
            iter: 5_000);

    [Test]
    public void The_default_value_is_an_empty_list()
    {
        EquatableArray<string> none = default;

        none.Should().BeEmpty();
        (none == EquatableArray<string>.Empty).Should().BeTrue();
        none.GetHashCode().Should().Be(EquatableArray.Create<string>([]).GetHashCode());
        none.ToImmutableArray().IsDefault.Should().BeFalse();
        none.ToString().Should().Be("[]");
        FluentActions.Invoking(() => none[0]).Should().Throw<IndexOutOfRangeException>();
    }

    [Test]
    public void A_changed_list_leaves_the_first_one_alone()
    {
        EquatableArray<int> list = [1, 2, 3];

        list.Add(4).Should().Equal(1, 2, 3, 4);
        list.SetItem(1, 9).Should().Equal(1, 9, 3);
        list.RemoveAt(0).Should().Equal(2, 3);
        list.Should().Equal(1, 2, 3);
    }

    [Test]
    public void A_list_does_not_follow_the_collection_it_was_made_of()
    {
        int[] source = [1, 2];
        EquatableArray<int> copied = source.ToEquatableArray();
        EquatableArray<int> spread = [.. source];

        source[0] = 9;

        copied.Should().Equal(1, 2);
        spread.Should().Equal(1, 2);
    }

    [TestCase(-1)]
    [TestCase(2)]
    public void A_place_outside_is_refused(int index)
    {
        EquatableArray<int> list = [1, 2];

        FluentActions.Invoking(() => list.RemoveAt(index)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => list.SetItem(index, 0)).Should().Throw<IndexOutOfRangeException>();
    }

    [Test]
    public void Nulls_are_elements_like_others()
    {
        EquatableArray<string?> list = [null, "a"];

        list.Should().NotBeEquivalentTo(EquatableArray<string?>.Empty);
        (list == (EquatableArray<string?>)[null, "a"]).Should().BeTrue();
        list.GetHashCode().Should().Be(((EquatableArray<string?>)[null, "a"]).GetHashCode());
    }
}
