using CsCheck;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.ApiServer.Allocation;
using KubeSim.Simulation;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class AllocationPropertyTests
{
    private static readonly Cidr Block = Cidr.Parse("10.0.0.0/27");

    [Test]
    public void Addresses_and_ports_are_unique_in_range_and_come_back()
    {
        Gen.Select(Gen.ULong, Gen.Int[0, 9].List[1, 120]).Sample((seed, steps) =>
        {
            var admission = new Admission(
                new ApiServerOptions { ServiceCidrs = [Block], NodePortFirst = 30000, NodePortLast = 30015 }, new DeterministicRandom(seed));
            var held = new List<Service>();
            for (int i = 0; i < steps.Count; i++)
            {
                Apply(admission, held, steps[i], i);
                Check(held);
            }

            held.ForEach(admission.Released);
            var again = Enumerable.Range(0, 16).Select(i => Create(admission, $"again{i}", "NodePort")).ToList();
            Check(again);
            again.Should().OnlyContain(service => service != null, "everything came back");
        });
    }

    [TestCase(16L, 0L)]
    [TestCase(256L, 16L)]
    [TestCase(1024L, 64L)]
    [TestCase(65536L, 256L)]
    [TestCase(1048576L, 256L)]
    public void The_static_band_of_addresses_grows_with_the_range(long size, long band) => ClusterIPRange.StaticBand(size).Should().Be(band);

    [TestCase(4L, 0L)]
    [TestCase(512L, 16L)]
    [TestCase(1000L, 31L)]
    [TestCase(2768L, 86L)]
    [TestCase(65535L, 128L)]
    public void The_static_band_of_ports_grows_with_the_range(long size, long band) => NodePortRange.StaticBand(size).Should().Be(band);

    [Test]
    public void The_static_band_is_given_only_when_the_rest_is_gone()
    {
        var pool = new NumberPool(10, 4, new DeterministicRandom(1));
        long[] taken = [.. Enumerable.Range(0, 10).Select(_ => pool.TryTakeAny(out long number) ? number : -1)];

        taken[..6].Should().BeEquivalentTo([4, 5, 6, 7, 8, 9]);
        taken[6..].Should().BeEquivalentTo([0, 1, 2, 3]);
        pool.TryTakeAny(out _).Should().BeFalse();
    }

    private static void Apply(Admission admission, List<Service> held, int step, int number)
    {
        string type = step % 2 == 0 ? "NodePort" : "ClusterIP";
        if (step < 6 || held.Count == 0)
        {
            if (Create(admission, $"s{number}", type) is { } created)
            {
                held.Add(created);
            }
        }
        else if (step < 8)
        {
            admission.Released(held[number % held.Count]);
            held.RemoveAt(number % held.Count);
        }
        else
        {
            Service old = held[number % held.Count];
            try
            {
                held[number % held.Count] = admission.Change(old, spec => spec with { Type = type });
            }
            catch (ApiException)
            {
                // No node port is left: nothing may have changed.
            }
        }
    }

    private static Service? Create(Admission admission, string name, string type)
    {
        try
        {
            return admission.Admit(AdmissionSamples.Service(spec => spec with { Type = type }, name));
        }
        catch (ApiException exhausted) when (exhausted.Status.Code == 500)
        {
            return null;
        }
    }

    private static void Check(IEnumerable<Service?> services)
    {
        var addresses = new HashSet<string>();
        var ports = new HashSet<int>();
        foreach (Service service in services.OfType<Service>())
        {
            string address = service.Spec.ClusterIP!;
            if (!addresses.Add(address) || Block.IndexOf(IpAddress.Parse(address)) is < 1 or > 30)
            {
                Assert.Fail($"{address} is held twice or out of range.");
            }

            if (service.Spec.Ports[0].NodePort is { } port && (!ports.Add(port) || port is < 30000 or > 30015))
            {
                Assert.Fail($"{port} is held twice or out of range.");
            }
        }
    }
}
