using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dns;

namespace KubeSim.Tests.Dns;

[TestFixture]
public sealed class MessageSizeTests
{
    private const string Name = "big.default.svc.cluster.local";

    [TestCase(null, 29)]
    [TestCase(1232, 73)]
    [TestCase(4096, 100)]
    public void Of_a_hundred_addresses_as_many_are_sent_as_fit(int? udpSize, int fitting)
    {
        var question = new DnsQuestion(Name, DnsRecordType.A) { UdpSize = udpSize };

        DnsResponse sent = MessageSize.Fit(question, Addresses(100));

        sent.Answer.Length.Should().Be(fitting);
        sent.IsTruncated.Should().Be(fitting < 100);
        MessageSize.Of(question, sent, compresses: true).Should().BeLessThanOrEqualTo(udpSize ?? 512);
    }

    [Test]
    public void Over_TCP_nothing_is_left_out() =>
        MessageSize.Fit(new DnsQuestion(Name, DnsRecordType.A) { IsTcp = true }, Addresses(1000)).Answer.Length.Should().Be(1000);

    /// <summary>Header 12, question 31 + 4; an address 2 + 10 + 4 with a pointer, 31 + 14 without.</summary>
    [TestCase(true, 63)]
    [TestCase(false, 92)]
    public void A_name_that_stands_already_costs_two_octets(bool compresses, int octets) =>
        MessageSize.Of(new DnsQuestion(Name, DnsRecordType.A), Addresses(1), compresses).Should().Be(octets);

    private static DnsResponse Addresses(int count) =>
        new(DnsResponseCode.NoError, Enumerable.Range(1, count).Select(i => DnsRecord.ForAddress(Name, TimeSpan.FromSeconds(5), IpAddress.FromIPv4(0x0A050000u + (uint)i))).ToEquatableArray());
}
