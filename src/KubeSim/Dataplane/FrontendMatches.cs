using System.Runtime.CompilerServices;
using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>
/// The destinations that a node has matched lately, in one array: a table is shared by all nodes and many steps deep, and what
/// connections go to is little of it. What was matched with another table counts for nothing.
/// </summary>
internal sealed class FrontendMatches
{
    private const int SmallestCapacity = 16;

    private FrontendMatch[] _places = [];
    private int _used;

    /// <summary>The place of a destination that was matched with this table; a null reference where there is none.</summary>
    public ref FrontendMatch Find(ServiceTable table, IpPort destination, TransportProtocol protocol, ulong hash)
    {
        FrontendMatch[] places = _places;
        if (places.Length == 0)
        {
            return ref Unsafe.NullRef<FrontendMatch>();
        }

        int mask = places.Length - 1;
        for (int place = (int)(hash & (uint)mask); places[place].Table is { } known; place = (place + 1) & mask)
        {
            ref FrontendMatch match = ref places[place];
            if (match.Destination == destination && match.Protocol == protocol)
            {
                return ref ReferenceEquals(known, table) ? ref match : ref Unsafe.NullRef<FrontendMatch>();
            }
        }

        return ref Unsafe.NullRef<FrontendMatch>();
    }

    /// <summary>A place for a destination: the one it had, or a new one.</summary>
    public ref FrontendMatch Take(ServiceTable table, IpPort destination, TransportProtocol protocol, ulong hash)
    {
        if (_used * 4 >= _places.Length * 3)
        {
            Grow(table);
        }

        ref FrontendMatch match = ref PlaceFor(destination, protocol, hash);
        _used += match.Table is null ? 1 : 0;
        match.Table = table;
        match.Destination = destination;
        match.Protocol = protocol;
        return ref match;
    }

    public void Clear()
    {
        Array.Clear(_places);
        _used = 0;
    }

    private ref FrontendMatch PlaceFor(IpPort destination, TransportProtocol protocol, ulong hash)
    {
        int mask = _places.Length - 1;
        int place = (int)(hash & (uint)mask);
        while (_places[place].Table is not null && !(_places[place].Destination == destination && _places[place].Protocol == protocol))
        {
            place = (place + 1) & mask;
        }

        return ref _places[place];
    }

    /// <summary>Makes room, first by leaving out what belongs to earlier tables.</summary>
    private void Grow(ServiceTable table)
    {
        FrontendMatch[] before = _places;
        int current = 0;
        foreach (ref readonly FrontendMatch match in before.AsSpan())
        {
            current += ReferenceEquals(match.Table, table) ? 1 : 0;
        }

        int capacity = Math.Max(SmallestCapacity, before.Length);
        _places = new FrontendMatch[current * 2 >= capacity ? capacity * 2 : capacity];
        _used = current;
        foreach (ref readonly FrontendMatch match in before.AsSpan())
        {
            if (ReferenceEquals(match.Table, table))
            {
                PlaceFor(match.Destination, match.Protocol, FlowHash.Of(match.Destination, match.Protocol)) = match;
            }
        }
    }
}
