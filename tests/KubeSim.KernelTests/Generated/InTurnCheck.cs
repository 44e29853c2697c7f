using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.KernelTests.Lab;
using KubeSim.LoadBalancing;

namespace KubeSim.KernelTests.Generated;

/// <summary>
/// With rules that pick one endpoint after the other instead of at random, and KubeSim's round robin, each single connection
/// must go to the same endpoint in both.
/// </summary>
internal static class InTurnCheck
{
    /// <summary>How often each connection is tried, so that lists are gone through.</summary>
    private const int Repeats = 2;

    /// <summary>Where a Service has several slices, kube-proxy sorts all their endpoints, and KubeSim those of each slice.</summary>
    public static ClusterCase WithOneSlice(ClusterCase generated) => generated with
    {
        Services = [.. generated.Services.Select(static service => service with { Endpoints = [.. service.Endpoints.Select(static endpoint => endpoint with { Port = 0 })] })],
    };

    public static IEnumerable<string> Differences(GeneratedCluster cluster)
    {
        ClusterCheck.Prepare(cluster, inTurn: true);
        foreach (IReadOnlyList<Flow> round in Rounds(cluster))
        {
            Observation[] said = [.. round.Select(cluster.Surroundings.Connect)];
            Observation[] seen = ClusterCheck.Send([.. round.Select((flow, i) => new Probe(flow, said[i].Outcome != Outcome.Dropped))]);
            for (int i = 0; i < seen.Length; i++)
            {
                if (seen[i] != said[i])
                {
                    yield return string.Create(CultureInfo.InvariantCulture, $"{round[i]}: the kernel {seen[i]}; KubeSim's network says {said[i]}");
                }
            }
        }
    }

    /// <summary>
    /// First all that no endpoint is picked for; then, one after the other, what draws on the same list. Rules that pick in turn count for
    /// each list by itself, round robin for each service port, so that of two lists of one service port only the first is tried.
    /// </summary>
    private static IEnumerable<IReadOnlyList<Flow>> Rounds(GeneratedCluster cluster)
    {
        var refused = new List<Flow>();
        var turns = new Dictionary<ServicePortName, (BackendSet List, List<Flow> Flows)>();
        foreach (Flow flow in cluster.Flows.Where(cluster.Surroundings.Has))
        {
            ServiceDecision decision = ServiceDecision.Of(cluster.Node, flow);
            if (decision.Kind != DecisionKind.Balance)
            {
                refused.Add(flow);
                continue;
            }

            turns.TryAdd(decision.Rule!.Name, (decision.Backends, []));
            (BackendSet list, List<Flow> flows) = turns[decision.Rule.Name];
            for (int i = 0; i < Repeats && ReferenceEquals(list, decision.Backends); i++)
            {
                flows.Add(i == 0 ? flow : flow with { Source = new IpPort(flow.Source.Address, SourcePorts.Next()) });
            }
        }

        yield return refused;
        for (int turn = 0; turns.Values.Any(one => one.Flows.Count > turn); turn++)
        {
            yield return [.. turns.Values.Where(one => one.Flows.Count > turn).Select(one => one.Flows[turn])];
        }
    }
}
