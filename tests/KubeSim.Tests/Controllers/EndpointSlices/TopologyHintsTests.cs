using System.Globalization;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Manifests;

namespace KubeSim.Tests.Controllers.EndpointSlices;

[TestFixture]
public sealed class TopologyHintsTests
{
    private static readonly SortedDictionary<string, double> Thirds = new(StringComparer.Ordinal) { ["a"] = 1.0 / 3, ["b"] = 1.0 / 3, ["c"] = 1.0 / 3 };

    [TestCase("aabbcc", "a2 b2 c2")]
    [TestCase("aaaaaaaaa", "a3 b3 c3")]
    [TestCase("aaaaab", "a2 b2 c2")]
    [TestCase("aaaaabbbbcccc", "a5 b4 c4")]
    public void Every_zone_gets_its_share(string zones, string hints)
    {
        List<EndpointSlice> creates = [Slice(zones)];

        new TopologyHints(creates, [], []).Give(Thirds).Should().BeEmpty();

        string.Join(' ', creates[0].Endpoints.CountBy(endpoint => endpoint.Hints!.ForZones.Single().Name).OrderBy(zone => zone.Key, StringComparer.Ordinal).Select(zone => zone.Key + zone.Value.ToString(CultureInfo.InvariantCulture)))
            .Should().Be(hints);
    }

    [TestCase("ab", "Insufficient number of endpoints (2 endpoints, 3 zones)")]
    [TestCase("aaaabbbbccc", "Unable to allocate minimum required endpoints to each zone without exceeding overload threshold (11 endpoints, 3 zones)")]
    [TestCase("ab?", "One or more endpoints do not have a zone specified")]
    public void Where_no_zone_may_be_overloaded_there_are_no_hints(string zones, string problem)
    {
        List<EndpointSlice> creates = [Slice(zones)];

        new TopologyHints(creates, [], []).Give(Thirds).Should().Be(problem);

        creates[0].Endpoints.Should().OnlyContain(endpoint => endpoint.Hints == null);
    }

    [Test]
    public void A_slice_whose_hints_are_right_is_not_written()
    {
        List<EndpointSlice> creates = [Slice("abc")];
        new TopologyHints(creates, [], []).Give(Thirds);
        List<EndpointSlice> untouched = [creates[0]];
        List<EndpointSlice> updates = [];

        new TopologyHints([], updates, untouched).Give(Thirds);
        (updates.Count, untouched.Count).Should().Be((0, 1));

        new TopologyHints([], updates, untouched).Give(null);
        (updates.Count, untouched.Count).Should().Be((1, 0), "without shares the hints go");
    }

    [Test]
    public void Nodes_that_are_not_ready_or_of_the_control_plane_do_not_count()
    {
        Node[] nodes = [Node("n1", "a", "4"), Node("n2", "b", "2000m"), Node("n3", "c", "8", isReady: false), Node("n4", "d", "8", label: "node-role.kubernetes.io/control-plane")];

        ZoneShares.Of(nodes)!.Should().Equal(new Dictionary<string, double> { ["a"] = 2.0 / 3, ["b"] = 1.0 / 3 });
        ZoneShares.Of([.. nodes, Node("n5", "a", "")]).Should().BeNull("a node that counts does not say how many processors it has");
    }

    private static EndpointSlice Slice(string zones) => new()
    {
        Metadata = new() { Name = "web-1" },
        AddressType = IPFamily.IPv4,
        Endpoints = zones.Select((zone, i) => new Endpoint
        {
            Addresses = [string.Create(CultureInfo.InvariantCulture, $"10.1.0.{i + 1}")],
            Conditions = new() { Ready = true },
            Zone = zone == '?' ? null : zone.ToString(),
        }).ToEquatableArray(),
    };

    private static Node Node(string name, string zone, string cpu, bool isReady = true, string label = "x")
    {
        string text =
            $$"""
            apiVersion: v1
            kind: Node
            metadata:
              name: {{name}}
              labels: {topology.kubernetes.io/zone: {{zone}}, {{label}}: ""}
            status:
              allocatable: {cpu: "{{cpu}}"}
              conditions: [{type: Ready, status: "{{isReady}}"}]
            """;
        return (Node)ObjectMapping.Read(YamlDocuments.Read(text, null).Single(), []);
    }
}
