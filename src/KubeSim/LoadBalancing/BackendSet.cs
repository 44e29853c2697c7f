using System.Runtime.CompilerServices;
using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.LoadBalancing;

/// <summary>
/// An immutable list of backends in two levels: one chunk per EndpointSlice, and where each chunk ends. Exchanging one chunk
/// costs one step per chunk, not per backend, and every other chunk is shared with the set it came from.
/// </summary>
internal sealed class BackendSet
{
    private readonly EquatableArray<Backend>[] _chunks;
    private readonly int[] _ends;

    /// <summary>The backends themselves where there is one chunk, which is the usual case.</summary>
    private readonly EquatableArray<Backend> _only;

    private BackendSet(EquatableArray<Backend>[] chunks)
    {
        _chunks = chunks;
        _ends = new int[chunks.Length];
        int end = 0;
        for (int i = 0; i < chunks.Length; i++)
        {
            end += chunks[i].Length;
            _ends[i] = end;
        }

        Count = end;
        _only = chunks.Length == 1 ? chunks[0] : default;
    }

    /// <summary>The set without backends.</summary>
    public static BackendSet Empty { get; } = new([]);

    public int Count { get; }

    public bool IsEmpty => Count == 0;

    public int ChunkCount => _chunks.Length;

    /// <summary>The backend at a place, in the order of the chunks.</summary>
    public ref readonly Backend this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _only.Length > 0 ? ref _only.AsSpan()[index] : ref InChunks(index);
    }

    /// <summary>A set of one chunk.</summary>
    public static BackendSet Of(params ReadOnlySpan<Backend> backends) => backends.IsEmpty ? Empty : new([EquatableArray.Create(backends)]);

    /// <summary>A set of these chunks; a chunk may be empty and keeps its number.</summary>
    public static BackendSet FromChunks(params ReadOnlySpan<EquatableArray<Backend>> chunks) => chunks.IsEmpty ? Empty : new(chunks.ToArray());

    public EquatableArray<Backend> Chunk(int chunk) => _chunks[chunk];

    /// <summary>The same set with one chunk exchanged; the number of chunks itself appends one.</summary>
    public BackendSet WithChunk(int chunk, EquatableArray<Backend> backends)
    {
        var chunks = new EquatableArray<Backend>[Math.Max(_chunks.Length, chunk + 1)];
        _chunks.CopyTo(chunks, 0);
        chunks[chunk] = backends;
        return new(chunks);
    }

    /// <summary>The place of an address, or -1. Looks at the hint first; without luck it looks at every backend.</summary>
    public int IndexOf(IpPort address, int hint = -1)
    {
        if (hint >= 0 && hint < Count && this[hint].Address == address)
        {
            return hint;
        }

        int index = 0;
        foreach (EquatableArray<Backend> chunk in _chunks)
        {
            foreach (ref readonly Backend backend in chunk.AsSpan())
            {
                if (backend.Address == address)
                {
                    return index;
                }

                index++;
            }
        }

        return -1;
    }

    private ref readonly Backend InChunks(int index)
    {
        if (index < 0 || index >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The set has {Count} backends.");
        }

        int low = 0;
        int high = _ends.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_ends[middle] <= index)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        int start = low == 0 ? 0 : _ends[low - 1];
        return ref _chunks[low].AsSpan()[index - start];
    }
}
