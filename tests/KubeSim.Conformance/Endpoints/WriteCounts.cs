using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Endpoints;

/// <summary>How many objects of one kind a sync wrote.</summary>
internal readonly record struct WriteCounts(int Creates, int Updates, int Deletes)
{
    public static WriteCounts Read(CaseNode node) => new(node["creates"].Int, node["updates"].Int, node["deletes"].Int);
}
