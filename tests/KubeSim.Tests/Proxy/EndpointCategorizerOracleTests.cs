using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Simulation;
using static KubeSim.Tests.Proxy.SliceObjects;

namespace KubeSim.Tests.Proxy;

/// <summary>The sets of all nodes against kube-proxy's own procedure for one node, written down plainly.</summary>
[TestFixture]
public sealed class EndpointCategorizerOracleTests
{
    private static readonly string?[] States = ["RS", "S", "ST", "T", "RT"];
    private static readonly string?[] Hints = [null, "node-1", "node-2", "zone-a", "zone-b", "both"];
    private static readonly string[] NodeNames = ["node-1", "node-2", "node-3"];

    private readonly EventQueue _queue = new();
    private NetworkNode[] _nodes = [];

    [OneTimeSetUp]
    public void SetUp()
    {
        var network = new Network(_queue, new RunLog(_queue), new DeterministicRandom(1));
        _nodes = [network.AddNode("node-1", [], [], "zone-a"), network.AddNode("node-2", [], [], "zone-b"), network.AddNode("node-3", [], [], null)];
    }

    [Test]
    public void Every_pair_of_endpoints_is_used_as_kube_proxy_uses_it()
    {
        int compared = 0;
        foreach (Endpoint first in Endpoints("10.0.0.1"))
        {
            foreach (Endpoint second in Endpoints("10.0.0.2"))
            {
                Compare(new EndpointUse(true, true), Categorize(new(true, true), [Slice("a", first, second)]), [first, second]);
                compared++;
            }
        }

        compared.Should().Be(90 * 90);
    }

    [Test]
    public void Changes_slice_by_slice_lead_to_what_is_made_at_once()
    {
        var random = new DeterministicRandom(42);
        for (int run = 0; run < 60; run++)
        {
            var use = new EndpointUse(true, run % 3 > 0, run % 5 > 0);
            var followed = new ServicePortEndpoints(Name(), use);
            var slices = new SortedDictionary<string, EndpointSlice>(StringComparer.Ordinal);
            for (int step = 0; step < 40; step++)
            {
                string name = $"s{random.NextInt32(5)}";
                if (random.NextInt32(6) == 0)
                {
                    slices.Remove(name);
                    followed.Remove(name);
                }
                else
                {
                    slices[name] = Mutate(slices.GetValueOrDefault(name), name, random);
                    followed.Set(slices[name]);
                }

                Endpoint[] endpoints = [.. slices.Values.SelectMany(slice => slice.Endpoints)];
                Compare(use, followed.Sets, endpoints);
                Compare(use, Categorize(use, [.. slices.Values.Reverse()]), endpoints);
                followed.Count.Should().Be(endpoints.Length);
            }
        }
    }

    private void Compare(EndpointUse use, EndpointSets sets, Endpoint[] endpoints)
    {
        Endpoint[] distinct = [.. endpoints.GroupBy(endpoint => endpoint.Addresses[0], StringComparer.Ordinal).Select(same => same.FirstOrDefault(endpoint => endpoint.Conditions.Terminating == false) ?? same.First())];
        sets.Counts.HasAny.Should().Be(distinct.Any(endpoint => IsReady(endpoint) || IsFallback(endpoint)));
        foreach (NetworkNode node in _nodes)
        {
            Text(sets.Cluster.For(node)).Should().Be(use.Cluster ? Text(Cluster(distinct, node, use.NodeHints)) : "", "{0} sees {1}", node.Name, string.Join(' ', distinct.Select(endpoint => $"{endpoint}")));
            Text(sets.Local.For(node)).Should().Be(use.Local ? Text(Local(distinct, node)) : "");
        }
    }

    private static Endpoint[] Cluster(Endpoint[] endpoints, NetworkNode node, bool nodeHints)
    {
        Endpoint[] ready = [.. endpoints.Where(IsReady)];
        if (ready.Length == 0)
        {
            return [.. endpoints.Where(IsFallback)];
        }

        Endpoint[] forNode = [.. ready.Where(endpoint => endpoint.Hints?.ForNodes.Any(hint => hint.Name == node.Name) == true)];
        if (nodeHints && ready.All(endpoint => endpoint.Hints is { ForNodes.IsEmpty: false }) && forNode.Length > 0)
        {
            return forNode;
        }

        Endpoint[] forZone = [.. ready.Where(endpoint => endpoint.Hints?.ForZones.Any(hint => hint.Name == node.Zone) == true)];
        return ready.All(endpoint => endpoint.Hints is { ForZones.IsEmpty: false }) && forZone.Length > 0 ? forZone : ready;
    }

    private static Endpoint[] Local(Endpoint[] endpoints, NetworkNode node)
    {
        Endpoint[] local = [.. endpoints.Where(endpoint => endpoint.NodeName == node.Name)];
        Endpoint[] ready = [.. local.Where(IsReady)];
        return ready.Length > 0 ? ready : [.. local.Where(IsFallback)];
    }

    private static bool IsReady(Endpoint endpoint) => endpoint.Conditions.Ready == true;

    private static bool IsFallback(Endpoint endpoint) => endpoint.Conditions is { Serving: true, Terminating: true };

    private static string Text(IEnumerable<Endpoint> endpoints) => string.Join(' ', endpoints.Select(endpoint => endpoint.Addresses[0] + ":8080").Order(StringComparer.Ordinal));

    private static string Text(global::KubeSim.LoadBalancing.BackendSet set) => string.Join(' ', TestTables.Addresses(set).Order(StringComparer.Ordinal));

    private static ServicePortName Name() => new(NamespacedName.Parse("default/web"), "http", TransportProtocol.Tcp);

    private static EndpointSets Categorize(EndpointUse use, IReadOnlyList<EndpointSlice> slices)
    {
        var endpoints = new ServicePortEndpoints(Name(), use);
        foreach (EndpointSlice slice in slices)
        {
            endpoints.Set(slice);
        }

        return endpoints.Sets;
    }

    private static IEnumerable<Endpoint> Endpoints(string ip) =>
        from state in States
        from node in NodeNames
        from hint in Hints
        select Hinted(ip, state, node, hint);

    private static Endpoint Hinted(string ip, string? state, string node, string? hint) => Endpoint(
        ip, state, node, hint == "both" ? node : hint?[0] == 'n' ? hint : null, hint == "both" ? "zone-a" : hint?[0] == 'z' ? hint : null);

    /// <summary>A slice with one endpoint changed, added or removed; addresses may stand in two slices.</summary>
    private static EndpointSlice Mutate(EndpointSlice? slice, string name, DeterministicRandom random)
    {
        slice ??= Slice(name);
        Endpoint endpoint = Hinted($"10.0.0.{random.NextInt32(12)}", States[random.NextInt32(5)], NodeNames[random.NextInt32(3)], random.NextInt32(2) == 0 ? "both" : Hints[random.NextInt32(6)]);
        int place = slice.Endpoints.IsEmpty ? 0 : random.NextInt32(slice.Endpoints.Length);
        return random.NextInt32(3) switch
        {
            0 when !slice.Endpoints.IsEmpty => slice with { Endpoints = slice.Endpoints.RemoveAt(place) },
            1 when !slice.Endpoints.IsEmpty => slice with { Endpoints = slice.Endpoints.SetItem(place, endpoint with { Addresses = slice.Endpoints[place].Addresses }) },
            _ => slice with { Endpoints = slice.Endpoints.Add(endpoint) },
        };
    }
}
