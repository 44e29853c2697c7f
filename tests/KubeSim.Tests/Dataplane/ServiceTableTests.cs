using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Tests.Dataplane;

[TestFixture]
public sealed class ServiceTableTests
{
    private static readonly ServiceTable Nothing = ServiceTable.Empty;

    private static ServiceRule Rule(int number) => new()
    {
        Name = Lab.Name("svc-" + number),
        ClusterIP = IpAddress.FromIPv4((uint)(0x0A600000 + number)),
        Port = 80,
        NodePort = (ushort)(number % 3 == 0 ? 30000 + (number % 2768) : 0),
    };

    [Test]
    public void A_table_agrees_with_a_dictionary_whatever_is_added_changed_and_removed()
    {
        var random = new Random(11);
        var model = new Dictionary<int, ServiceRule>();
        ServiceTable table = Nothing;
        for (int i = 0; i < 5_000; i++)
        {
            int number = random.Next(300);
            if (random.Next(3) == 0)
            {
                model.Remove(number);
                table = table.Without(Rule(number).Name);
            }
            else
            {
                model[number] = Rule(number) with { EndpointCount = i, Port = (ushort)(80 + random.Next(2)) };
                table = table.With(model[number]);
            }
        }

        table.Count.Should().Be(model.Count);
        table.Rules.Should().Equal(model.Values.OrderBy(rule => rule.Name));
        for (int number = 0; number < 300; number++)
        {
            ServiceRule? rule = model.GetValueOrDefault(number);
            IpAddress address = Rule(number).ClusterIP;
            table.Find(Rule(number).Name).Should().BeSameAs(rule);
            table.IsClusterIP(address).Should().Be(rule is not null);
            table.Find(TransportProtocol.Tcp, new IpPort(address, (ushort)80))?.Rule.Should().BeSameAs(rule?.Port == 80 ? rule : null);
            table.Find(TransportProtocol.Udp, new IpPort(address, (ushort)80)).Should().BeNull();
        }
    }

    [Test]
    public void Nodes_that_take_the_same_step_share_the_table()
    {
        var tables = new ServiceTables();
        ServiceRule[] rules = [Rule(1), Rule(2)];
        ServiceTable first = tables.Apply(Nothing, rules);
        tables.Apply(Nothing, rules).Should().BeSameAs(first);
        tables.Apply(Nothing, [Rule(1), Rule(2)]).Should().NotBeSameAs(first, "other rules are another step");

        ServiceTable second = tables.Apply(first, [], [Rule(1).Name]);
        tables.Apply(first, [], [Rule(1).Name]).Should().BeSameAs(second);
        second.Rules.Should().Equal(rules[1]);
        tables.Apply(second, []).Should().BeSameAs(second);
    }

    [Test]
    public void An_exchanged_chunk_leaves_the_others_where_they_are()
    {
        Backend[] backends = [.. Enumerable.Range(0, 1_000).Select(i => new Backend(new IpPort(IpAddress.FromIPv4((uint)i), (ushort)80)))];
        BackendSet set = BackendSet.FromChunks([.. backends.Chunk(100).Select(chunk => KubeSim.Collections.EquatableArray.Create<Backend>(chunk))]);
        BackendSet smaller = set.WithChunk(3, set.Chunk(3).RemoveAt(50));
        BackendSet larger = set.WithChunk(10, [new Backend(Lab.At("1.2.3.4:5"))]);

        (set.Count, smaller.Count, larger.Count).Should().Be((1_000, 999, 1_001));
        Enumerable.Range(0, 1_000).Select(i => set[i]).Should().Equal(backends);
        Enumerable.Range(0, 999).Select(i => smaller[i]).Should().Equal(backends.Where((_, i) => i != 350));
        larger[1_000].Address.Should().Be(Lab.At("1.2.3.4:5"));
        smaller.Chunk(4).ToImmutableArray().Should().BeEquivalentTo(set.Chunk(4).ToImmutableArray());
        smaller.IndexOf(backends[350].Address).Should().Be(-1);
        smaller.IndexOf(backends[351].Address, hint: 351).Should().Be(350);
        FluentActions.Invoking(() => set[1_000]).Should().Throw<ArgumentOutOfRangeException>();
        set.WithChunk(0, []).WithChunk(9, [])[0].Should().Be(backends[100], "an empty chunk is passed over");
    }
}
