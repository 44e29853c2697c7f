using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Endpoints;

/// <summary>Objects, one sync of every controller, and the state after it; then further steps of the same.</summary>
internal static class ControllerCase
{
    public static void Run(CaseNode one, string suite, Findings findings)
    {
        var world = new ControllersUnderTest(ControllerConfiguration.Read(one["config"], suite, one.Find("level")));
        world.Apply(one["objects"]);
        Step(one["expect"], world, findings);
        foreach (CaseNode update in one.Find("updates")?.Items ?? [])
        {
            update.Skip("note");
            world.Delete(update.Find("delete"));
            world.Apply(update.Find("apply"));
            Step(update["expect"], world, findings);
        }
    }

    private static void Step(CaseNode expect, ControllersUnderTest world, Findings findings)
    {
        SyncOutcome outcome = world.Sync();
        SliceChecks.Check(expect, world, findings);
        EndpointsChecks.Check(expect, world, outcome, findings);
        CheckWrites(expect, "actions", outcome.Slices, findings);
        CheckWrites(expect, "endpointsActions", outcome.Endpoints, findings);
        if (expect.Find("events") is { } events)
        {
            findings.CheckSet(events, outcome.Events, expect.Texts("events"));
        }

        if (expect.Find("syncError") is { } error)
        {
            findings.Check(error, outcome.HasFailed, error.Boolean);
        }
    }

    private static void CheckWrites(CaseNode expect, string key, WriteCounts writes, Findings findings)
    {
        if (expect.Find(key) is { } counts)
        {
            findings.Check(counts, writes, WriteCounts.Read(counts));
        }

        if (expect.Find(key + "AnyOf") is { } choice && !choice.Items.Select(WriteCounts.Read).ToArray().Contains(writes))
        {
            findings.Add(choice, $"found {writes}");
        }
    }
}
