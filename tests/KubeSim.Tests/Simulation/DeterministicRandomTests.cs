using CsCheck;
using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

/// <summary>The golden numbers come from the authors' published C code of splitmix64 and xoshiro256**.</summary>
[TestFixture]
public sealed class DeterministicRandomTests
{
    [TestCase(0UL, 0x99EC5F36CB75F2B4UL, 0xBF6E1F784956452AUL, 0x1A5F849D4933E6E0UL, 0x6AA594F1262D2D2CUL, 0x7AAC8C483A2EDD2FUL)]
    [TestCase(1UL, 0xB3F2AF6D0FC710C5UL, 0x853B559647364CEAUL, 0x92F89756082A4514UL, 0x642E1C7BC266A3A7UL, 0xB8517C33C344D153UL)]
    [TestCase(0x123456789ABCDEFUL, 0xA2C2A42038D4EC3DUL, 0x05FC25D0738E7B0FUL, 0x625E7BFF938E701EUL, 0x1BA4DDC6FE2B5726UL, 0xE5C142C5CC20EEA3UL)]
    public void The_stream_of_a_seed_is_that_of_the_published_algorithm(
        ulong seed, ulong first, ulong second, ulong third, ulong fourth, ulong thousandth)
    {
        var random = new DeterministicRandom(seed);

        ulong[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => random.NextUInt64())];

        drawn[..4].Should().Equal(first, second, third, fourth);
        drawn[999].Should().Be(thousandth);
    }

    [Test]
    public void A_restored_state_continues_with_the_published_numbers()
    {
        var random = new DeterministicRandom(0);
        random.Restore(new RandomState(1, 2, 3, 4));

        ulong[] drawn = [.. Enumerable.Range(0, 8).Select(_ => random.NextUInt64())];

        drawn.Should().Equal(
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625, 8476171486693032832);
    }

    [Test]
    public void Bounded_numbers_are_golden()
    {
        var small = new DeterministicRandom(1);
        Enumerable.Range(0, 12).Select(_ => small.NextInt32(10)).Should().Equal(7, 5, 5, 3, 6, 1, 0, 3, 8, 5, 9, 9);

        var rejecting = new DeterministicRandom(1);
        Enumerable.Range(0, 6).Select(_ => rejecting.NextInt32(3 << 29)).Should().Equal(
            1132134856, 838221848, 924661952, 1122884436, 231238950, 114426329);

        var wide = new DeterministicRandom(1);
        Enumerable.Range(0, 5).Select(_ => wide.NextInt64(3L << 61)).Should().Equal(
            4862482185039029833, 3600135425474452695, 3971392844820634087, 2707026963971079518, 993163731737190060);
    }

    [Test]
    public void Bounded_numbers_stay_inside_any_bound() =>
        Gen.Select(Gen.ULong, Gen.Int[1, int.MaxValue], Gen.Long[1, long.MaxValue]).Sample((seed, narrow, wide) =>
        {
            var random = new DeterministicRandom(seed);
            return random.NextInt32(narrow) is >= 0 and var n && n < narrow
                && random.NextInt64(wide) is >= 0 and var w && w < wide;
        });

    [TestCase(3)]
    [TestCase(7)]
    [TestCase(1000)]
    public void Every_number_below_the_bound_is_equally_likely(int bound)
    {
        const int drawsEach = 1000;
        var random = new DeterministicRandom(1);
        int[] counts = new int[bound];
        for (int i = 0; i < bound * drawsEach; i++)
        {
            counts[random.NextInt32(bound)]++;
        }

        double chiSquare = counts.Sum(c => (double)(c - drawsEach) * (c - drawsEach) / drawsEach);
        double freedom = bound - 1;
        chiSquare.Should().BeLessThan(freedom + (4 * Math.Sqrt(2 * freedom)), "four standard deviations of chi-square");
    }

    [Test]
    public void A_bound_that_does_not_divide_the_range_does_not_favor_low_numbers()
    {
        // Without rejection a number below 2^30 would be twice as likely as one above it.
        const int bound = 3 << 29;
        const int draws = 60_000;
        var random = new DeterministicRandom(1);

        int low = Enumerable.Range(0, draws).Count(_ => random.NextInt32(bound) % 3 == 0);

        low.Should().BeCloseTo(draws / 3, 500);
    }

    [Test]
    public void Both_truth_values_are_equally_likely()
    {
        var random = new DeterministicRandom(1);

        Enumerable.Range(0, 10_000).Count(_ => random.NextBoolean()).Should().BeCloseTo(5_000, 200);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MinValue)]
    public void A_bound_below_one_is_refused(int bound)
    {
        var random = new DeterministicRandom(1);

        random.Invoking(r => r.NextInt32(bound)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("exclusiveBound");
        random.Invoking(r => r.NextInt64(bound)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("exclusiveBound");
    }

    [Test]
    public void A_fork_does_not_depend_on_what_was_drawn_before()
    {
        var untouched = new DeterministicRandom(5);
        var used = new DeterministicRandom(5);
        used.NextUInt64();
        used.Fork("other").NextUInt64();

        used.Fork("proxy").NextUInt64().Should().Be(untouched.Fork("proxy").NextUInt64());
    }

    [Test]
    public void Drawing_from_a_fork_does_not_shift_its_parent()
    {
        var parent = new DeterministicRandom(5);
        parent.Fork("a").NextUInt64();

        parent.NextUInt64().Should().Be(new DeterministicRandom(5).NextUInt64());
    }

    [Test]
    public void Forks_differ_by_name_by_seed_and_by_path()
    {
        var root = new DeterministicRandom(1);
        DeterministicRandom[] all =
        [
            root, root.Fork("a"), root.Fork("b"), root.Fork("ab"), root.Fork("a").Fork("b"), root.Fork("b").Fork("a"),
            root.Fork("a").Fork("a"), new DeterministicRandom(2).Fork("a"),
        ];

        all.Select(r => r.NextUInt64()).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void A_fork_is_golden() => new DeterministicRandom(1).Fork("proxy/node-1").NextUInt64().Should().Be(0xB1005C9F04255B17UL);

    [Test]
    public void A_saved_state_gives_the_same_numbers_again()
    {
        var random = new DeterministicRandom(9);
        random.NextUInt64();
        RandomState state = random.Save();
        ulong[] first = [random.NextUInt64(), random.NextUInt64()];

        random.Restore(state);

        new[] { random.NextUInt64(), random.NextUInt64() }.Should().Equal(first);
    }

    [Test]
    public void Filling_draws_letters_of_the_alphabet_alone()
    {
        char[] name = new char[200];
        new DeterministicRandom(1).Fill(name, "bcd");

        name.Distinct().Should().BeEquivalentTo("bcd".ToCharArray());
    }

    [Test]
    public void Bad_names_and_alphabets_are_refused()
    {
        var random = new DeterministicRandom(1);

        random.Invoking(r => r.Fork("")).Should().Throw<ArgumentException>().WithParameterName("name");
        random.Invoking(r => r.Fork(null!)).Should().Throw<ArgumentNullException>().WithParameterName("name");
        random.Invoking(r => r.Fill(new char[1], "")).Should().Throw<ArgumentException>().WithParameterName("alphabet");
    }
}
