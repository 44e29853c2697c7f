using CsCheck;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dns;

namespace KubeSim.Tests.Dns;

[TestFixture]
public sealed class DnsServerTests
{
    private const string Db = "db.default.svc.cluster.local";

    [Test]
    public void Answers_are_shuffled_the_same_way_for_the_same_seed()
    {
        string one = Answers(Peers(seed: 7), 50);

        Answers(Peers(seed: 7), 50).Should().Be(one);
        Answers(Peers(seed: 8), 50).Should().NotBe(one);
    }

    [Test]
    public void Every_address_comes_first_about_as_often()
    {
        DnsWorld world = Peers(seed: 3);
        const int Rounds = 8_000;
        Dictionary<IpAddress, int> first = Enumerable.Range(0, Rounds).Select(_ => world.Dns.Query(Db, DnsRecordType.A).Answer[0].Address!.Value).CountBy(address => address).ToDictionary();

        first.Should().HaveCount(8);
        first.Values.Should().OnlyContain(count => Math.Abs(count - (Rounds / 8)) < 150, "five standard deviations are about 148");
    }

    [Test]
    public void An_alias_stays_in_front_of_its_addresses()
    {
        DnsWorld world = Peers(seed: 1).ExternalName("alias", Db);

        for (int i = 0; i < 20; i++)
        {
            world.Dns.Query("alias.default.svc.cluster.local", DnsRecordType.A).Answer[0].Type.Should().Be(DnsRecordType.CNAME);
        }
    }

    [Test]
    public void A_change_is_seen_when_its_watch_has_brought_it()
    {
        var world = new DnsWorld(watchDelay: TimeSpan.FromSeconds(2));
        world.Queue.RunUntilIdle();
        world.ClusterIP("web", "10.96.0.80");
        world.Dig("web.default.svc.cluster.local").Should().Be("NXDOMAIN");

        world.Queue.RunUntilIdle();
        world.Dig("web.default.svc.cluster.local").Should().Be("10.96.0.80");

        world.Api.Delete<Service>("default/web");
        world.Queue.RunUntilIdle();
        world.Dig("web.default.svc.cluster.local").Should().Be("NXDOMAIN");
    }

    [Test]
    public void Slices_may_come_before_their_service_and_stay_behind_it()
    {
        DnsWorld world = new DnsWorld().Slice("db", 1, DnsWorld.Http(80), DnsWorld.Endpoint("10.244.1.1"));
        world.Dig(Db).Should().Be("NXDOMAIN");

        world.Headless("db");
        world.Dig(Db).Should().Be("10.244.1.1");

        world.Api.Delete<Service>("default/db");
        world.Dig(Db).Should().Be("NXDOMAIN");
        world.Headless("db");
        world.Dig(Db).Should().Be("10.244.1.1");
    }

    [Test]
    public void A_slice_that_changes_its_service_moves()
    {
        DnsWorld world = new DnsWorld().Headless("db").Headless("cache").Slice("db", 1, DnsWorld.Http(80), DnsWorld.Endpoint("10.244.1.1"));
        world.Dig("1.1.244.10.in-addr.arpa", DnsRecordType.PTR).Should().Be("10-244-1-1.db.default.svc.cluster.local.");
        EndpointSlice slice = world.Api.Get<EndpointSlice>("default/db-1");

        world.Api.Replace(slice with { Metadata = slice.Metadata with { Labels = LabelSet.Of("kubernetes.io/service-name", "cache") } });

        world.Dig(Db).Should().Be("NXDOMAIN");
        world.Dig("cache.default.svc.cluster.local").Should().Be("10.244.1.1");
        world.Dig("1.1.244.10.in-addr.arpa", DnsRecordType.PTR).Should().Be("10-244-1-1.cache.default.svc.cluster.local.");
    }

    [Test]
    public void The_serial_number_moves_with_what_can_be_seen()
    {
        DnsWorld world = new DnsWorld().Headless("db").Slice("db", 1, DnsWorld.Http(80), DnsWorld.Endpoint("10.244.1.1"), DnsWorld.Endpoint("10.244.1.2", ready: false));
        long start = world.Dns.Serial;
        world.Queue.AdvanceTo(TimeSpan.FromSeconds(10));

        Change(world, slice => slice with { Metadata = slice.Metadata with { Labels = slice.Metadata.Labels.With("note", "x") } });
        Change(world, slice => slice with { Endpoints = slice.Endpoints.SetItem(1, DnsWorld.Endpoint("10.244.1.3", ready: false)) });
        world.Namespace("other");
        world.Dns.Serial.Should().Be(start);

        Change(world, slice => slice with { Endpoints = slice.Endpoints.SetItem(1, DnsWorld.Endpoint("10.244.1.3")) });
        world.Dns.Serial.Should().Be(start + 10);
    }

    [Test]
    public void Whatever_changes_forward_and_reverse_agree() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 7]).Array[1, 25].Sample(
            steps =>
            {
                var world = new DnsWorld();
                string[] services = ["a", "b", "c"];
                foreach (string service in services)
                {
                    world.Headless(service);
                }

                foreach ((int slice, int service, int first, int ready) in steps)
                {
                    Put(world, services[service], slice, first, ready);
                    // The index by address is made at the first question and kept up from then on.
                    for (int i = 1; i <= 8; i++)
                    {
                        Agree(world, services, IpAddress.Parse($"10.244.1.{i}"));
                    }
                }
            },
            iter: 100);

    [Test]
    public void A_flip_in_a_large_service_is_answered_at_once()
    {
        var world = new DnsWorld();
        world.Headless("db");
        for (int slice = 0; slice < 20; slice++)
        {
            world.Slice("db", slice, DnsWorld.Http(80), [.. Enumerable.Range(0, 100).Select(i => DnsWorld.Endpoint($"10.244.{slice}.{i}"))]);
        }

        world.Dns.Query(Db, DnsRecordType.A).Answer.Length.Should().Be(2_000);
        EndpointSlice changed = world.Api.Get<EndpointSlice>("default/db-7");
        world.Api.Replace(changed with { Endpoints = changed.Endpoints.SetItem(3, DnsWorld.Endpoint("10.244.7.3", ready: false)) });

        world.Dns.Query(Db, DnsRecordType.A).Answer.Select(record => record.Content).Should().HaveCount(1_999).And.NotContain("10.244.7.3");
    }

    private static DnsWorld Peers(ulong seed) =>
        new DnsWorld(seed: seed).Headless("db").Slice("db", 1, DnsWorld.Http(80), [.. Enumerable.Range(1, 8).Select(i => DnsWorld.Endpoint($"10.244.1.{i}"))]);

    private static string Answers(DnsWorld world, int count) =>
        string.Join('\n', Enumerable.Range(0, count).Select(_ => string.Join(' ', world.Client().Resolve("db").Addresses))) + world.Log.Fingerprint();

    private static void Change(DnsWorld world, Func<EndpointSlice, EndpointSlice> change) => world.Api.Replace(change(world.Api.Get<EndpointSlice>("default/db-1")));

    /// <summary>Writes a slice with four addresses from the first on, ready as the bits say; deletes it for the last first.</summary>
    private static void Put(DnsWorld world, string service, int number, int first, int ready)
    {
        string name = $"default/{service}-{number}";
        Endpoint[] endpoints = [.. Enumerable.Range(0, 3).Select(i => DnsWorld.Endpoint($"10.244.1.{first + i + 1}", ready: (ready >> i & 1) == 1))];
        if (world.Api.Find<EndpointSlice>(name) is not { } slice)
        {
            world.Slice(service, number, DnsWorld.Http(80), endpoints);
        }
        else if (first == 5)
        {
            world.Api.Delete<EndpointSlice>(name);
        }
        else
        {
            world.Api.Replace(slice with { Endpoints = [.. endpoints] });
        }
    }

    private static void Agree(DnsWorld world, string[] services, IpAddress address)
    {
        IEnumerable<string> forward = services.Where(service => world.Dns.Query($"{service}.default.svc.cluster.local", DnsRecordType.A).Answer.Any(record => record.Address == address));
        IEnumerable<string> reverse = world.Dns.Query(ReverseName.Of(address), DnsRecordType.PTR).Answer.Select(record => record.Target.Split('.')[1]);
        reverse.Order(StringComparer.Ordinal).Should().Equal(forward);
    }
}
