using KubeSim.Addressing;
using KubeSim.LoadBalancing.Ipvs;

namespace KubeSim.Tests.LoadBalancing.Ipvs;

/// <summary>sh and dh.</summary>
[TestFixture]
public sealed class HashingSchedulersTests
{
    [TestCase("10.244.0.1", 35)]
    [TestCase("10.244.0.2", 133)]
    [TestCase("10.244.0.3", 231)]
    [TestCase("10.244.1.1", 235)]
    [TestCase("192.168.0.10", 48)]
    [TestCase("10.96.0.1", 130)]
    [TestCase("10.96.0.10", 242)]
    [TestCase("fd00::1", 140)]
    [TestCase("fd00:10:244::7", 44)]
    public void The_bucket_of_an_address(string address, int bucket) => AddressHash.Bucket(IpAddress.Parse(address)).Should().Be(bucket);

    [Test]
    public void Sh_gives_a_client_the_server_of_its_bucket() =>
        // Buckets 35, 133, 231, 48 of A B C A B C …
        new VirtualService("sh").PicksOf("10.244.0.1", "10.244.0.2", "10.244.0.3", "192.168.0.10", "10.244.0.1").Should().Be("CBAAC");

    [Test]
    public void Sh_gives_each_server_as_many_buckets_in_a_row_as_its_weight() =>
        // A A A B | A A A B …: places 3, 1, 3, 0 in a round of four.
        new VirtualService("sh", "AB", [3, 1]).PicksOf("10.244.0.1", "10.244.0.2", "10.244.0.3", "192.168.0.10").Should().Be("BABA");

    [Test]
    public void The_clients_of_a_quiesced_server_are_refused_by_sh()
    {
        // The quiesced B keeps one bucket in a round: A B | A B …
        new VirtualService("sh", "AB", [1, 0]).PicksOf("10.244.0.1", "192.168.0.10").Should().Be("-A");
    }

    [Test]
    public void Sh_fills_its_buckets_anew_when_the_list_changes()
    {
        var service = new VirtualService("sh");
        service.Pick("10.244.0.1").Should().Be('C');
        service.Change("AC");
        service.PicksOf("10.244.0.1", "192.168.0.10").Should().Be("CA");
    }

    [Test]
    public void Dh_gives_one_address_to_one_server_whoever_dials_and_whatever_the_weights()
    {
        var service = new VirtualService("dh", "ABC", [9, 1, 1]);
        service.PicksOf("10.244.0.1", "10.244.0.2", "192.168.0.10").Should().Be("CCC", "10.96.0.10 is bucket 242");
        service.Pick(destination: "10.96.0.1").Should().Be('B');
        service.Change("ABC", 9, 1, 0);
        service.Pick().Should().Be('-');
    }
}
