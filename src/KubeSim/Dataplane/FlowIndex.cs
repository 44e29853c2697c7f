using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>
/// Finds slots by hash: open addressing with linear probing, apart from the entries and at most half full, so that looking for
/// a flow that is not there, the usual case, touches one place in memory.
/// </summary>
internal struct FlowIndex
{
    public const int None = -1;

    private Cell[] _cells;

    /// <summary>Makes room for as many slots, a power of two, and forgets all of them.</summary>
    public void Reset(int capacity) => _cells = new Cell[capacity * 2];

    public static uint Hash(in Flow flow) => (uint)(FlowHash.Of(flow) >> 32);

    /// <summary>The first slot with that hash, or -1, and where to go on.</summary>
    public readonly int First(uint hash, out int position)
    {
        position = Home(hash);
        return Scan(hash, ref position);
    }

    /// <summary>The next slot with that hash, or -1.</summary>
    public readonly int Next(uint hash, ref int position)
    {
        position = After(position);
        return Scan(hash, ref position);
    }

    public readonly void Add(int slot, uint hash)
    {
        int position = Home(hash);
        while (!_cells[position].IsEmpty)
        {
            position = After(position);
        }

        _cells[position] = new Cell(hash, slot);
    }

    /// <summary>Takes a slot out and closes the gap, so that no mark stays where it was.</summary>
    public readonly void Remove(int slot, uint hash)
    {
        int gap = Home(hash);
        while (_cells[gap].Slot != slot)
        {
            gap = After(gap);
        }

        int mask = _cells.Length - 1;
        for (int position = After(gap); !_cells[position].IsEmpty; position = After(position))
        {
            // A cell may move back into the gap unless that is before its home.
            if (((position - Home(_cells[position].Hash)) & mask) >= ((position - gap) & mask))
            {
                _cells[gap] = _cells[position];
                gap = position;
            }
        }

        _cells[gap] = default;
    }

    private readonly int Home(uint hash) => (int)(hash & (uint)(_cells.Length - 1));

    private readonly int After(int position) => (position + 1) & (_cells.Length - 1);

    private readonly int Scan(uint hash, ref int position)
    {
        while (!_cells[position].IsEmpty)
        {
            if (_cells[position].Hash == hash)
            {
                return _cells[position].Slot;
            }

            position = After(position);
        }

        return None;
    }

    /// <summary>The default value is an empty cell: slots are kept one higher.</summary>
    private readonly struct Cell(uint hash, int slot)
    {
        public readonly uint Hash = hash;
        private readonly int _slotPlusOne = slot + 1;

        public int Slot => _slotPlusOne - 1;

        public bool IsEmpty => _slotPlusOne == 0;
    }
}
