using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>Where new endpoints go, so that as few slices as possible are written. Half-empty slices are never merged.</summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice, reconciler.go: reconcileByPortMapping, steps 2 and 3</source>
internal static class SlicePacking
{
    /// <summary>
    /// First into slices that must be written anyway, the fullest first; then, when all that are left fit, into the one
    /// untouched slice that they fill best; else into new slices.
    /// </summary>
    /// <param name="drafts">The slices of one family and one set of ports; new ones are added at the end.</param>
    /// <param name="newcomers">Endpoints that are in none of them.</param>
    /// <param name="most">Endpoints in one slice.</param>
    public static void Place(List<SliceDraft> drafts, IReadOnlyList<Endpoint> newcomers, int most)
    {
        int next = FillWritten(drafts, newcomers, most);
        while (next < newcomers.Count)
        {
            int left = newcomers.Count - next;
            SliceDraft? draft = left < most ? FullestWithRoom(drafts, left, most) : null;
            if (draft is null)
            {
                draft = new SliceDraft(null);
                drafts.Add(draft);
            }

            next = Fill(draft, newcomers, next, most);
        }
    }

    private static int FillWritten(List<SliceDraft> drafts, IReadOnlyList<Endpoint> newcomers, int most)
    {
        if (newcomers.Count == 0)
        {
            return 0;
        }

        int next = 0;
        foreach (SliceDraft draft in drafts.Where(draft => draft is { IsChanged: true, IsEmptied: false }).OrderByDescending(draft => draft.Count).ToArray())
        {
            next = Fill(draft, newcomers, next, most);
        }

        return next;
    }

    private static int Fill(SliceDraft draft, IReadOnlyList<Endpoint> newcomers, int next, int most)
    {
        while (next < newcomers.Count && draft.Count < most)
        {
            draft.Add(newcomers[next++]);
        }

        return next;
    }

    private static SliceDraft? FullestWithRoom(List<SliceDraft> drafts, int wanted, int most)
    {
        SliceDraft? fullest = null;
        foreach (SliceDraft draft in drafts)
        {
            if (draft is { IsChanged: false, Existing: not null } && draft.Count + wanted <= most && (fullest is null || draft.Count > fullest.Count))
            {
                fullest = draft;
            }
        }

        return fullest;
    }
}
