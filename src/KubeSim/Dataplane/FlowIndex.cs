using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>
/// Chains of slots by hash, apart from the entries: looking for a flow that is not there, the usual case, touches a few compact
/// arrays and no entry.
/// </summary>
internal struct FlowIndex
{
    public const int None = -1;

    private int[] _heads;
    private Link[] _links;

    /// <summary>Makes room for as many slots, a power of two; the slots in use must be linked again.</summary>
    public void Resize(int capacity)
    {
        Array.Resize(ref _links, capacity);
        _heads = new int[capacity];
        _heads.AsSpan().Fill(None);
    }

    public static uint Hash(in Flow flow) => (uint)(FlowHash.Of(flow) >> 32);

    /// <summary>The first slot whose flow has that hash, or -1.</summary>
    public readonly int First(uint hash) => Same(_heads[hash & (uint)(_heads.Length - 1)], hash);

    /// <summary>The next slot whose flow has that hash, or -1.</summary>
    public readonly int Next(int slot, uint hash) => Same(_links[slot].Next, hash);

    public readonly void Add(int slot, uint hash)
    {
        ref int head = ref _heads[hash & (uint)(_heads.Length - 1)];
        _links[slot] = new Link(hash, head);
        head = slot;
    }

    /// <summary>Links a slot again after <see cref="Resize"/>.</summary>
    public readonly void AddAgain(int slot) => Add(slot, _links[slot].Hash);

    public readonly void Remove(int slot)
    {
        ref int link = ref _heads[_links[slot].Hash & (uint)(_heads.Length - 1)];
        while (link != slot)
        {
            link = ref _links[link].Next;
        }

        link = _links[slot].Next;
    }

    private readonly int Same(int slot, uint hash)
    {
        while (slot != None && _links[slot].Hash != hash)
        {
            slot = _links[slot].Next;
        }

        return slot;
    }

    private struct Link(uint hash, int next)
    {
        public readonly uint Hash = hash;
        public int Next = next;
    }
}
