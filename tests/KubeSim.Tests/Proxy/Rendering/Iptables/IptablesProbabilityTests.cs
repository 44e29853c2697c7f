using KubeSim.Proxy.Rendering.Iptables;

namespace KubeSim.Tests.Proxy.Rendering.Iptables;

[TestFixture]
public sealed class IptablesProbabilityTests
{
    [TestCase(1, "1.0000000000", "1.00000000000")]
    [TestCase(2, "0.5000000000", "0.50000000000")]
    [TestCase(3, "0.3333333333", "0.33333333349")]
    [TestCase(10, "0.1000000000", "0.10000000009")]
    [TestCase(1000, "0.0010000000", "0.00100000016")]
    [TestCase(100000, "0.0000100000", "0.00001000008")]
    [TestCase(100001, "0.0000099999", "0.00001000008")]
    public void The_chance_has_ten_decimals_and_the_kernel_keeps_31_bits_of_it(int remaining, string written, string saved)
    {
        IptablesProbability.Written((uint)remaining).Should().Be(written);
        IptablesProbability.Saved((uint)remaining).Should().Be(saved);
    }

    [Test]
    public void Half_of_the_last_decimal_is_rounded_to_an_even_one() => IptablesProbability.Written(2048).Should().Be("0.0004882812");
}
