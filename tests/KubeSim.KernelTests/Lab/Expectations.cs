using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.KernelTests.Lab;

/// <summary>What KubeSim's data plane says that may become of a flow that comes to the lab's node.</summary>
internal static class Expectations
{
    /// <summary>Everything that may be observed: one thing, or one for each endpoint that may be picked.</summary>
    public static IReadOnlyList<Observation> Of(NetworkNode node, Flow flow)
    {
        ServiceDecision decision = ServiceDecision.Of(node, flow);
        return decision.Kind switch
        {
            DecisionKind.Reject => [new(Outcome.Refused)],
            DecisionKind.Drop => [new(Outcome.Dropped)],
            DecisionKind.NoMatch => [new(Outcome.Reached, flow.Destination, flow.Source.Address)],
            _ => [.. Enumerable.Range(0, decision.Backends.Count).Select(i => Of(node, flow, decision, decision.Backends[i]))],
        };
    }

    private static Observation Of(NetworkNode node, Flow flow, ServiceDecision decision, Backend backend)
    {
        IpAddress source = flow.Source.Address;
        IpAddress endpoint = backend.Address.Address;
        bool isMarked = decision.Masquerade != MasqueradeReason.None || (endpoint == source && node.MasqueradesHairpin(backend));
        // What comes in from elsewhere and stays on the node never sees the postrouting hook, where sources are replaced.
        bool isPostrouted = NodeLab.PlaceOf(endpoint) != Place.Node || NodeLab.PlaceOf(source) == Place.Node;
        return new(Outcome.Reached, backend.Address, isMarked && isPostrouted ? node.Sender.AddressTowards(endpoint)!.Value : source);
    }
}
