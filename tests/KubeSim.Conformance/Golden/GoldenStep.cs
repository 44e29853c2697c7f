using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;

namespace KubeSim.Conformance.Golden;

/// <summary>One step of a sequence.</summary>
/// <param name="Number">From 0, the start.</param>
/// <param name="Title">What changes.</param>
/// <param name="Actions">What is done to the world, in order.</param>
/// <param name="Iptables">What kube-proxy did in the iptables mode.</param>
/// <param name="Nftables">What it did in the nftables mode.</param>
internal sealed record GoldenStep(int Number, string Title, IReadOnlyList<Action<GoldenWorld>> Actions, GoldenSyncs Iptables, GoldenSyncs Nftables)
{
    public static GoldenStep Read(CaseNode step)
    {
        step.Skip("note", "wait", "pause");
        return new(
            step["step"].Int,
            step["title"].Text,
            [.. (step.Find("actions")?.Items ?? []).SelectMany(ActionsOf)],
            GoldenSyncs.Read(step["iptables"]),
            GoldenSyncs.Read(step["nftables"]));
    }

    public GoldenSyncs Syncs(ProxyMode mode) => mode == ProxyMode.Nftables ? Nftables : Iptables;

    private static IEnumerable<Action<GoldenWorld>> ActionsOf(CaseNode action)
    {
        foreach ((string verb, CaseNode value) in action.Entries)
        {
            foreach (JsonValue document in value.IsList ? value.Items.Select(item => item.Whole) : [value.Whole])
            {
                yield return verb switch
                {
                    "put" => world => world.Put(document),
                    "delete" => world => world.Delete(document),
                    _ => throw value.Wrong($"is an action that is not known: {verb}"),
                };
            }
        }
    }
}
