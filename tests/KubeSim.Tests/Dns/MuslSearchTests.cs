using KubeSim.Dns;

namespace KubeSim.Tests.Dns;

[TestFixture]
public sealed class MuslSearchTests
{
    private static readonly ResolverConfiguration Cluster = new()
    {
        Searches = ["default.svc.cluster.local", "svc.cluster.local", "cluster.local"],
        Options = ["ndots:5"],
    };

    [Test]
    public void A_name_with_enough_dots_is_never_searched_for()
    {
        DnsWorld world = new DnsWorld().ClusterIP("web", "10.96.0.80");
        var search = new MuslSearch(Cluster with { Options = ["ndots:1"] }, world.Dns);

        search.Run("web.default", out DnsResponseCode code).Should().BeFalse("glibc would go on with the search list");
        code.Should().Be(DnsResponseCode.NxDomain);
        search.Tried.Should().Equal("web.default");
    }

    [Test]
    public void A_name_without_addresses_ends_the_walk()
    {
        var search = new MuslSearch(Cluster, new DnsWorld().Dns);

        search.Run("default.svc", out DnsResponseCode code).Should().BeFalse();

        code.Should().Be(DnsResponseCode.NxDomain, "this version does not tell no data from no name");
        search.Tried.Should().Equal("default.svc.default.svc.cluster.local", "default.svc.svc.cluster.local", "default.svc.cluster.local");
    }

    [Test]
    public void The_root_in_the_search_list_ends_it_without_an_answer()
    {
        var search = new MuslSearch(Cluster with { Searches = [".", "default.svc.cluster.local"] }, new DnsWorld().Dns);

        search.Run("web", out DnsResponseCode code).Should().BeFalse();

        code.Should().Be(DnsResponseCode.ServFail);
        search.Tried.Should().BeEmpty();
    }

    [Test]
    public void A_search_line_over_255_characters_is_not_used()
    {
        DnsWorld world = new DnsWorld().ClusterIP("web", "10.96.0.80");
        var search = new MuslSearch(Cluster with { Searches = ["default.svc.cluster.local", new string('a', 250)] }, world.Dns);

        search.Run("web", out _).Should().BeFalse();

        search.Tried.Should().Equal("web");
    }
}
