using System.Numerics;
using KubeSim.Addressing;

namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>
/// The look-up table of mh: each server has its own order of all slots, and in turn each takes its next free one, the heavier ones
/// several at a time, until the table is full.
/// </summary>
/// <remarks>The size is that of a kernel built with the default CONFIG_IP_VS_MH_TAB_INDEX, 12. The keys of the hash are constants, so every machine has the same table.</remarks>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_mh.c; Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", section 3.4</source>
internal sealed class MaglevTable
{
    /// <summary>How many slots there are: a prime, so that every skip reaches all of them.</summary>
    public const int Size = 4_093;

    private const int TurnBits = 6;
    private const ulong OffsetKey = 2_654_435_761;
    private const ulong SkipKey = 2_654_446_892;

    private readonly ushort[] _slots = new ushort[Size];

    /// <summary>The place of the first server that takes part; the slots count from it.</summary>
    private readonly int _first;

    private MaglevTable(int first) => _first = first;

    /// <summary>The place that serves a client.</summary>
    public int this[IpAddress client] => _first + _slots[Hash(new IpPort(client, (ushort)0), OffsetKey) % Size];

    /// <summary>Fills a table; null where every weight is 0.</summary>
    /// <param name="servers">The servers in the order of the list. Beyond <see cref="Size"/> the kernel leaves its table as it is: the newest, which are the first, stay out.</param>
    /// <param name="weights">Their weights, one each; empty where all are equal.</param>
    public static MaglevTable? Build(BackendSet servers, ReadOnlySpan<int> weights)
    {
        int first = Math.Max(0, servers.Count - Size);
        var takers = new Taker[servers.Count - first];
        if (!Prepare(takers, servers, weights, first))
        {
            return null;
        }

        var table = new MaglevTable(first);
        Span<bool> isTaken = stackalloc bool[Size];
        isTaken.Clear();
        int taken = 0;
        while (true)
        {
            for (int i = 0; i < takers.Length; i++)
            {
                ref Taker taker = ref takers[i];
                for (int turn = 0; turn < taker.Turns; turn++)
                {
                    while (isTaken[taker.Next])
                    {
                        taker.Next += taker.Skip;
                        taker.Next -= taker.Next >= Size ? Size : 0;
                    }

                    isTaken[taker.Next] = true;
                    table._slots[taker.Next] = (ushort)i;
                    if (++taken == Size)
                    {
                        return table;
                    }
                }
            }
        }
    }

    private static bool Prepare(Span<Taker> takers, BackendSet servers, ReadOnlySpan<int> weights, int first)
    {
        int divisor = 0;
        int heaviest = 0;
        for (int i = 0; i < takers.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[first + i];
            divisor = Divisor.Greatest(divisor, weight);
            heaviest = Math.Max(heaviest, weight);
        }

        if (divisor == 0)
        {
            return false;
        }

        int bits = 32 - BitOperations.LeadingZeroCount((uint)(heaviest / divisor));
        int shift = Math.Max(0, bits - TurnBits);
        for (int i = 0; i < takers.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[first + i];
            IpPort address = servers[first + i].Address;
            takers[i].Next = (int)(Hash(address, OffsetKey) % Size);
            takers[i].Skip = (int)(Hash(address, SkipKey) % (Size - 1)) + 1;
            takers[i].Turns = Math.Max((weight / divisor) >> shift, weight == 0 ? 0 : 1);
        }

        return true;
    }

    /// <summary>Address and port are added up before they are hashed, modulo 2^32; both halves of the key are the same.</summary>
    private static uint Hash(IpPort address, ulong key) =>
        HSipHash.Of((uint)(((ulong)AddressHash.Fold(address.Address) + address.Port) & uint.MaxValue), key, key);

    /// <summary>Where a server is in its order of the slots, and how many it takes at a time.</summary>
    private struct Taker
    {
        public int Next;
        public int Skip;
        public int Turns;
    }
}
