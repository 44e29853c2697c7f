using KubeSim.Dns;

namespace KubeSim.Tests.Dns;

[TestFixture]
public sealed class ResolverAllocationTests
{
    /// <summary>The names, the questions' answers and the result: about a kilobyte, whatever the size of the cluster.</summary>
    [TestCase(1)]
    [TestCase(2_000)]
    public void Resolving_a_service_costs_the_same_in_any_cluster(int services)
    {
        var world = new DnsWorld();
        for (int i = 0; i < services; i++)
        {
            world.ClusterIP($"web-{i}", $"10.96.{i / 250}.{(i % 250) + 1}");
        }

        Resolver client = world.Client();
        client.Resolve("web-0");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            client.Resolve("web-0");
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / 100).Should().BeLessThan(1_500);
    }
}
