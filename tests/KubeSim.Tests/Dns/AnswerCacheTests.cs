using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dns;

namespace KubeSim.Tests.Dns;

[TestFixture]
public sealed class AnswerCacheTests
{
    private const string Web = "web.default.svc.cluster.local";

    [Test]
    public void A_deleted_service_is_answered_until_its_time_is_over()
    {
        DnsWorld world = new DnsWorld().ClusterIP("web", "10.96.0.80");
        AnswerCache cache = Cache(world, new());
        cache.Query(Web, DnsRecordType.A).Answer[0].Ttl.Should().Be(TimeSpan.FromSeconds(30));

        world.Api.Delete<Service>("default/web");
        world.Queue.AdvanceTo(TimeSpan.FromSeconds(29));
        cache.Query(Web, DnsRecordType.A).Answer[0].Ttl.Should().Be(TimeSpan.FromSeconds(1));

        world.Queue.AdvanceTo(TimeSpan.FromSeconds(30));
        cache.Query(Web, DnsRecordType.A).Code.Should().Be(DnsResponseCode.NxDomain);
        cache.Hits.Should().Be(1);
    }

    [Test]
    public void A_denial_hides_a_new_service()
    {
        var world = new DnsWorld();
        AnswerCache cache = Cache(world, new());
        cache.Query(Web, DnsRecordType.A);

        world.ClusterIP("web", "10.96.0.80");

        cache.Query(Web.ToUpperInvariant(), DnsRecordType.A).Code.Should().Be(DnsResponseCode.NxDomain, "names are the same in any case");
        world.Queue.AdvanceTo(TimeSpan.FromSeconds(30));
        cache.Query(Web, DnsRecordType.A).Code.Should().Be(DnsResponseCode.NoError);
    }

    [Test]
    public void Nothing_is_kept_of_a_zone_that_is_left_out()
    {
        DnsWorld world = new DnsWorld().ClusterIP("web", "10.96.0.80");
        AnswerCache cache = Cache(world, new() { DisableSuccess = ["cluster.local"], DisableDenial = ["cluster.local"] });
        cache.Query(Web, DnsRecordType.A);
        cache.Query("other.default.svc.cluster.local", DnsRecordType.A);

        world.Api.Delete<Service>("default/web");

        cache.Query(Web, DnsRecordType.A).Code.Should().Be(DnsResponseCode.NxDomain);
        cache.Hits.Should().Be(0);
    }

    [TestCase(0, 5)]
    [TestCase(7, 7)]
    [TestCase(300, 30)]
    public void Answers_live_five_seconds_at_least_and_the_limit_at_most(int ttl, int kept)
    {
        var world = new DnsWorld(new DnsServerOptions { Ttl = TimeSpan.FromSeconds(ttl) });
        world.ClusterIP("web", "10.96.0.80");
        AnswerCache cache = Cache(world, new() { SuccessTtl = TimeSpan.FromSeconds(30) });

        cache.Query(Web, DnsRecordType.A).Answer.Should().Equal(DnsRecord.ForAddress(Web, TimeSpan.FromSeconds(kept), IpAddress.Parse("10.96.0.80")));
    }

    private static AnswerCache Cache(DnsWorld world, AnswerCacheOptions options) => new(world.Queue, options, world.Dns);
}
