using KubeSim.Api;
using KubeSim.Dns;
using KubeSim.Tracing;

namespace KubeSim.Tests.Dns;

[TestFixture]
public sealed class ResolverTests
{
    private readonly DnsWorld _world = new DnsWorld().Namespace("shop")
        .ClusterIP("web", "10.96.0.80")
        .ClusterIP("dual", "10.96.0.81", "fd00:96::81")
        .ClusterIP("shop/cart", "10.96.1.1")
        .Headless("db", new ServicePort { Name = "sql", Port = 5432, Protocol = "TCP" })
        .Slice("db", 1, DnsWorld.Http(5432), DnsWorld.Endpoint("10.244.1.1", "db-0"), DnsWorld.Endpoint("10.244.1.2", "db-1", ready: false))
        .Headless("idle").Slice("idle", 1, DnsWorld.Http(80), DnsWorld.Endpoint("10.244.1.8", ready: false))
        .Headless("hollow")
        .ExternalName("out", "www.example.com")
        .ExternalName("lost", "no.example.com");

    [TestCase("web", "10.96.0.80", "web.default.svc.cluster.local")]
    [TestCase("cart.shop", "10.96.1.1", "cart.shop.default.svc.cluster.local cart.shop.svc.cluster.local")]
    [TestCase("cart.shop.svc", "10.96.1.1", "cart.shop.svc.default.svc.cluster.local cart.shop.svc.svc.cluster.local cart.shop.svc.cluster.local")]
    [TestCase("web.default.svc.cluster.local.", "10.96.0.80", "web.default.svc.cluster.local")]
    [TestCase("db-0.db.default.svc.cluster.local", "10.244.1.1", "db-0.db.default.svc.cluster.local", Description = "five dots: tried as it is first")]
    [TestCase("db-0.db", "10.244.1.1", "db-0.db.default.svc.cluster.local")]
    [TestCase("CART.Shop", "10.96.1.1", "CART.Shop.default.svc.cluster.local CART.Shop.svc.cluster.local")]
    [TestCase("www.example.com.", "192.0.2.53 2001:db8::53", "www.example.com")]
    [TestCase("web.default.svc.cluster.local", "10.96.0.80",
        "web.default.svc.cluster.local.default.svc.cluster.local web.default.svc.cluster.local.svc.cluster.local web.default.svc.cluster.local.cluster.local web.default.svc.cluster.local",
        Description = "four dots are fewer than five")]
    public void Names_are_tried_along_the_search_list(string name, string addresses, string tried)
    {
        DnsAnswer answer = _world.Client().Resolve(name);

        string.Join(' ', answer.NamesTried).Should().Be(tried);
        string.Join(' ', answer.Addresses).Should().Be(addresses);
        answer.ResponseCode.Should().Be(DnsResponseCode.NoError);
        answer.Name.Should().Be(name);
        answer.CanonicalName.Should().Be(answer.NamesTried[^1]);
        answer.Ttl.Should().Be(TimeSpan.FromSeconds(30));
        answer.Reason.Should().BeNull();
    }

    [Test]
    public void The_same_name_means_another_service_in_another_namespace()
    {
        _world.Client("shop").Resolve("cart").Addresses.Should().ContainSingle().Which.ToString().Should().Be("10.96.1.1");
        _world.Client("shop").Resolve("web").ResponseCode.Should().Be(DnsResponseCode.NxDomain);
        _world.Client("shop").Resolve("web.default").Addresses.Should().ContainSingle().Which.ToString().Should().Be("10.96.0.80");
    }

    [Test]
    public void An_alias_leads_to_a_canonical_name()
    {
        DnsAnswer answer = _world.Client().Resolve("out");

        answer.CanonicalName.Should().Be("www.example.com");
        answer.Records.Select(record => record.ToString()).Should().Equal(
            "out.default.svc.cluster.local. 30 IN CNAME www.example.com.", "www.example.com. 30 IN A 192.0.2.53", "www.example.com. 30 IN AAAA 2001:db8::53");
    }

    [Test]
    public void A_namespace_alone_is_a_name_without_data()
    {
        DnsAnswer answer = _world.Client().Resolve("shop.svc");

        answer.ResponseCode.Should().Be(DnsResponseCode.NoError);
        answer.Addresses.Should().BeEmpty();
        answer.Reason!.Message.Should().Contain("a zone or a namespace");
    }

    [Test]
    public void IPv6_comes_first_where_the_client_has_it()
    {
        _world.Client().Resolve("dual").Addresses.Select(address => address.IsIPv6).Should().Equal(false, true);
        Pod pod = DnsWorld.Pod() with { Status = new() { PodIPs = [new() { IP = "10.244.1.20" }, new() { IP = "fd00:244::20" }] } };
        _world.Resolvers.OfPod(pod).Resolve("dual").Addresses.Select(address => address.IsIPv6).Should().Equal(true, false);
    }

    [Test]
    public void An_address_is_its_own_answer()
    {
        DnsAnswer answer = _world.Client().Resolve("10.96.0.80");

        answer.Addresses.Should().ContainSingle();
        answer.NamesTried.Should().BeEmpty();
    }

    [TestCase("nosuch", "There is no Service 'nosuch' in namespace 'default'.", "service/default/nosuch", "metadata.name")]
    [TestCase("wbe", "Did you mean 'web'?", "service/default/web", "metadata.name")]
    [TestCase("cart", "namespace 'shop' has one: ask for 'cart.shop'.", "service/shop/cart", "metadata.namespace")]
    [TestCase("web.shop", "namespace 'default' has one: ask for 'web.default'.", "service/default/web", "metadata.namespace")]
    [TestCase("cart.shpo", "There is no namespace 'shpo'. Did you mean 'cart.shop'?", "namespace/shpo", "metadata.name")]
    [TestCase("web.no.svc.cluster.local.", "There is no namespace 'no'.", "namespace/no", "metadata.name")]
    [TestCase("idle", "Headless Service default/idle has 1 endpoint, none of them ready: 10.244.1.8.", "service/default/idle", "spec.publishNotReadyAddresses")]
    [TestCase("hollow", "Headless Service default/hollow has no endpoint: its selector app=hollow matches no Pod", "service/default/hollow", "spec.selector")]
    [TestCase("db-1.db", "Endpoint 'db-1' of Service default/db is not ready.", "service/default/db", "spec.publishNotReadyAddresses")]
    [TestCase("db-7.db", "Service default/db has no endpoint 'db-7': its ready endpoints are db-0 (10.244.1.1).", "service/default/db", "spec.selector")]
    [TestCase("lost", "Service default/lost stands for 'no.example.com' outside the cluster", "service/default/lost", "spec.externalName")]
    [TestCase("_https._tcp.web", "Service default/web has no port 'https' over TCP", "service/default/web", "spec.ports")]
    [TestCase("no.example.com", "No host 'no.example.com' is known outside the cluster", null, null)]
    public void A_name_without_address_says_why(string name, string message, string? named, string? field)
    {
        DnsAnswer answer = _world.Client().Resolve(name);

        answer.Addresses.Should().BeEmpty();
        answer.Reason!.Message.Should().Contain(message).And.Contain("Tried " + answer.NamesTried[0]);
        answer.Reason.Object.Should().Be(named);
        answer.Reason.Field.Should().Be(field);
    }

    [Test]
    public void A_trace_shows_the_name_and_who_answered()
    {
        var recorder = new TraceRecorder();
        _world.Client().Resolve("web", recorder);
        _world.Client().Resolve("out", recorder);
        _world.Client().Resolve("nosuch.", recorder);

        recorder.Hops.Select(hop => $"{hop.Place} {hop.Step.Verb} {hop.Step.What} / {hop.Step.Detail}").Should().Equal(
            "node-1 dns web → web.default.svc.cluster.local = 10.96.0.80 / answered by kube-dns, ttl 30 s",
            "node-1 dns out → out.default.svc.cluster.local = www.example.com = 192.0.2.53, 2001:db8::53 / answered by kube-dns, ttl 30 s",
            "node-1 dns nosuch. → NXDOMAIN / tried nosuch");
    }

    [TestCase("node-1")]
    [TestCase("outside")]
    public void Nodes_and_outside_hosts_know_no_name_of_the_cluster(string place)
    {
        Resolver resolver = place == "outside" ? _world.Resolvers.Outside : _world.Resolvers.OfNode(place);

        resolver.Resolve("web.default.svc.cluster.local").Reason!.Message.Should().Contain("is a name of the cluster").And.Contain("cluster's DNS server");
        resolver.Resolve("www.example.com").Addresses.Should().HaveCount(2);
    }

    [Test]
    public void A_pod_on_its_nodes_network_asks_the_nodes_name_servers_unless_told_otherwise()
    {
        Pod pod = DnsWorld.Pod();
        Pod host = pod with { Spec = pod.Spec with { HostNetwork = true } };
        Reason reason = _world.Resolvers.OfPod(host).Resolve("web").Reason!;
        reason.Message.Should().Contain("ClusterFirstWithHostNet would ask it");
        (reason.Object, reason.Field).Should().Be(("pod/default/client", "spec.dnsPolicy"));

        Pod asking = host with { Spec = host.Spec with { DnsPolicy = DnsPolicy.ClusterFirstWithHostNet } };
        _world.Resolvers.OfPod(asking).Resolve("web").Addresses.Should().ContainSingle();
    }

    [TestCase("")]
    [TestCase(null)]
    public void No_name_at_all_is_a_mistake_of_the_caller(string? name) =>
        _world.Client().Invoking(client => client.Resolve(name!)).Should().Throw<ArgumentException>();

    [TestCase("..")]
    [TestCase("a..b")]
    [TestCase(".web")]
    [TestCase("wéb")]
    [TestCase("we b")]
    [TestCase("web\n")]
    [TestCase("ｗｅｂ")]
    public void What_is_no_name_is_not_sent(string name)
    {
        DnsAnswer answer = _world.Client().Resolve(name);

        answer.ResponseCode.Should().Be(DnsResponseCode.NxDomain);
        answer.NamesTried.Should().BeEmpty();
        answer.Reason!.Message.Should().Contain("is no DNS name: it has");
    }

    [Test]
    public void Long_names_are_not_sent()
    {
        _world.Client().Resolve(new string('a', 64)).Reason!.Message.Should().Contain("a label of 64 characters");
        _world.Client().Resolve(string.Join('.', Enumerable.Repeat("abcdefghi", 30))).NamesTried.Should().BeEmpty();
        _world.Client().Resolve(string.Join('.', Enumerable.Repeat("abcdefghi", 25))).NamesTried.Should().ContainSingle("with a search domain it would be too long");
    }

    [Test]
    public void The_root_has_no_address()
    {
        DnsAnswer answer = _world.Client().Resolve(".");

        answer.ResponseCode.Should().Be(DnsResponseCode.NoError);
        answer.Addresses.Should().BeEmpty();
    }

    [Test]
    public void A_search_element_that_fails_does_not_stop_the_walk()
    {
        var world = new DnsWorld(upstream: new Flaky(), kubelet: new KubeletDns { NodeFile = ResolverConfiguration.Parse("search flaky.test good.test") });

        world.Client().Resolve("x").Addresses.Should().ContainSingle();
        world.Client().Resolve("y").ResponseCode.Should().Be(DnsResponseCode.ServFail);
    }

    [Test]
    public void Before_its_first_lists_the_server_does_not_deny()
    {
        var world = new DnsWorld(watchDelay: TimeSpan.FromSeconds(1));
        world.ClusterIP("web", "10.96.0.80");
        world.Client().Resolve("web").ResponseCode.Should().Be(DnsResponseCode.ServFail);

        world.Queue.RunUntilIdle();

        world.Client().Resolve("web").Addresses.Should().ContainSingle();
        world.Client().Resolve("nosuch").ResponseCode.Should().Be(DnsResponseCode.NxDomain);
    }

    private sealed class Flaky : INameServer
    {
        public DnsResponse Query(string name, DnsRecordType type) => name switch
        {
            "x.flaky.test" or "y.flaky.test" => new(DnsResponseCode.ServFail),
            "x.good.test" when type == DnsRecordType.A => new(DnsResponseCode.NoError, [DnsRecord.ForAddress(name, TimeSpan.Zero, KubeSim.Addressing.IpAddress.Any)]),
            _ => new(DnsResponseCode.NxDomain),
        };
    }
}
