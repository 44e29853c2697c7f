using KubeSim.Addressing;

namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>The real servers of one virtual service as its scheduler walks them: the endpoints in the order of the list, each with a weight.</summary>
/// <remarks>
/// The first of the list is the head of the kernel's. The kernel puts each server it is told of at the head, so its list runs from the
/// newest to the oldest, and kube-proxy tells it of several in no particular order: the order on a real machine is chance, this one is not.
/// </remarks>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_ctl.c: __ip_vs_update_dest; kubernetes v1.36, pkg/proxy/ipvs/proxier.go: syncEndpoint</source>
internal sealed class RealServers(Func<Backend, int>? weight)
{
    /// <summary>The largest weight that ipvsadm takes.</summary>
    public const int HeaviestWeight = 65_535;

    private int[] _weights = [];

    public BackendSet Set { get; private set; } = BackendSet.Empty;

    public int Count => Set.Count;

    /// <summary>The weight of a place; 0 is quiesced: it takes no new connection.</summary>
    public int this[int place] => weight is null ? 1 : _weights[place];

    /// <summary>Takes over a list, asking for its weights where it is another one; false where all of it is as before.</summary>
    /// <exception cref="InvalidOperationException">A weight lies outside its range.</exception>
    public bool Adopt(BackendSet set) => !ReferenceEquals(set, Set) && Replace(set);

    /// <summary>The place in the list of the server that stood at a place in an older one, or else of the nearest before it that is still there; -1 for none.</summary>
    public int Follow(BackendSet before, int place)
    {
        if (place < 0)
        {
            return place;
        }

        int same = Set.IndexOf(before[place].Address, place);
        return same >= 0 ? same : NearestBefore(before, place);
    }

    private bool Replace(BackendSet set)
    {
        BackendSet before = Set;
        int[] weights = weight is null ? [] : new int[set.Count];
        bool isSame = set.Count == before.Count;
        for (int i = 0; i < set.Count && (isSame || weight is not null); i++)
        {
            ref readonly Backend backend = ref set[i];
            if (weight is not null)
            {
                weights[i] = WeightOf(backend);
                isSame = isSame && weights[i] == _weights[i];
            }

            isSame = isSame && backend.Address == before[i].Address;
        }

        (Set, _weights) = (set, weights);
        return !isSame;
    }

    private int NearestBefore(BackendSet before, int place)
    {
        var places = new Dictionary<IpPort, int>(Count);
        for (int i = 0; i < Count; i++)
        {
            places.TryAdd(Set[i].Address, i);
        }

        for (int i = place - 1; i >= 0; i--)
        {
            if (places.TryGetValue(before[i].Address, out int found))
            {
                return found;
            }
        }

        return -1;
    }

    private int WeightOf(in Backend backend)
    {
        int given = weight!(backend);
        return given is >= 0 and <= HeaviestWeight ? given
            : throw new InvalidOperationException($"The weight of {backend.Address} is {given}; it must be 0 to {HeaviestWeight}.");
    }
}
