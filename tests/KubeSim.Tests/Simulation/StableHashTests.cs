using System.Numerics;
using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

/// <summary>The golden numbers come from an independent implementation in arbitrary-precision arithmetic.</summary>
[TestFixture]
public sealed class StableHashTests
{
    [TestCase("", 0x4544616B28827E9FUL)]
    [TestCase("a", 0xD3A1AF7DD9ECC909UL)]
    [TestCase("default/web:http", 0xEBE64DB3E3808273UL)]
    [TestCase("İstanbul ıß €", 0x09784C86DDDCB63FUL)]
    public void The_hash_of_a_text_is_golden(string text, ulong expected) => StableHash.Of(text).Should().Be(expected);

    [Test]
    public void The_hash_of_numbers_and_bytes_is_golden()
    {
        StableHash hash = default;
        hash.Add(0UL);
        hash.Add(-1L);
        hash.Add([1, 2, 3, 4, 5, 6, 7, 8, 9]);

        hash.ToUInt64().Should().Be(0x93767096A3F8FCECUL);
    }

    [Test]
    public void Where_one_text_ends_and_the_next_begins_matters() =>
        Of("a", "bc").Should().NotBe(Of("ab", "c")).And.NotBe(Of("abc")).And.NotBe(Of("abc", ""));

    [Test]
    public void The_order_matters() => Of("a", "b").Should().NotBe(Of("b", "a"));

    [Test]
    public void Each_further_zero_changes_the_hash()
    {
        StableHash hash = default;
        var seen = new HashSet<ulong>();
        for (int i = 0; i < 1000; i++)
        {
            seen.Add(hash.ToUInt64()).Should().BeTrue();
            hash.Add(0UL);
        }
    }

    [Test]
    public void Similar_texts_do_not_collide() =>
        Enumerable.Range(0, 100_000).Select(i => StableHash.Of($"pod-{i}")).Distinct().Should().HaveCount(100_000);

    [Test]
    public void Changing_one_bit_changes_half_of_the_hash_wherever_the_bit_is()
    {
        var random = new DeterministicRandom(1);
        for (int bit = 0; bit < 64; bit++)
        {
            int changed = 0;
            const int samples = 400;
            for (int i = 0; i < samples; i++)
            {
                ulong value = random.NextUInt64();
                changed += BitOperations.PopCount(Of(value) ^ Of(value ^ (1UL << bit)));
            }

            ((double)changed / samples).Should().BeApproximately(32, 1.2, "bit {0}", bit);
        }
    }

    [Test]
    public void The_low_bits_of_counted_values_are_spread_evenly()
    {
        int[] buckets = new int[64];
        for (ulong i = 0; i < 64_000; i++)
        {
            buckets[Of(i) & 63]++;
        }

        buckets.Should().OnlyContain(count => count > 850 && count < 1150);
    }

    private static ulong Of(ulong value)
    {
        StableHash hash = default;
        hash.Add(value);
        return hash.ToUInt64();
    }

    private static ulong Of(params string[] texts)
    {
        StableHash hash = default;
        foreach (string text in texts)
        {
            hash.Add(text);
        }

        return hash.ToUInt64();
    }
}
