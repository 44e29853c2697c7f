using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Golden;

/// <summary>The syncs of a step in one mode.</summary>
/// <param name="IPv4">For each sync of the IPv4 proxier, in order, whether it was a full one.</param>
/// <param name="Inputs">How many inputs were recorded for IPv4.</param>
internal sealed record GoldenSyncs(IReadOnlyList<bool> IPv4, int Inputs)
{
    public static GoldenSyncs Read(CaseNode node)
    {
        node.Skip("commands", "commandsRun");
        var full = new List<bool>();
        foreach (CaseNode sync in node["syncs"].Items)
        {
            bool isFull = sync["full"].Boolean;
            if (sync["family"].Text == "IPv4")
            {
                full.Add(isFull);
            }
        }

        return new(full, node["restoreInputs"].Int);
    }
}
