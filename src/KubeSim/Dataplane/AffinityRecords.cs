using KubeSim.Addressing;
using KubeSim.LoadBalancing;

namespace KubeSim.Dataplane;

/// <summary>
/// Which client was with which endpoints of one service port, on one node. A client can have several: its entry points may use
/// different lists of endpoints. Of the fresh ones that are in the list, the first in the list's order counts.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go: rules with <c>-m recent --rcheck --seconds N --reap</c></source>
internal sealed class AffinityRecords
{
    private const int None = -1;

    private readonly Dictionary<IpAddress, int> _clients = [];
    private Record[] _records = new Record[4];
    private int _used;
    private int _free = None;

    /// <summary>The place in the list of the client's endpoint, or -1. The endpoint and age told are of that record, or of the last one that is too old.</summary>
    public int Find(IpAddress client, BackendSet backends, TimeSpan timeout, TimeSpan now, out IpPort endpoint, out TimeSpan age)
    {
        endpoint = default;
        age = TimeSpan.Zero;
        int best = None;
        if (!_clients.TryGetValue(client, out int slot))
        {
            return None;
        }

        for (; slot != None; slot = _records[slot].Next)
        {
            ref Record record = ref _records[slot];
            TimeSpan ageOfThis = now - record.LastSeen;
            if (ageOfThis > timeout)
            {
                if (best == None && (age == TimeSpan.Zero || ageOfThis < age))
                {
                    (endpoint, age) = (record.Endpoint, ageOfThis);
                }

                continue;
            }

            int place = backends.IndexOf(record.Endpoint, record.Place);
            if (place != None && (best == None || place < best))
            {
                record.Place = place;
                (best, endpoint, age) = (place, record.Endpoint, ageOfThis);
            }
        }

        return best;
    }

    /// <summary>The client goes to this endpoint now; its records that are too old are dropped.</summary>
    public void Touch(IpAddress client, IpPort endpoint, int place, TimeSpan timeout, TimeSpan now)
    {
        int first = _clients.TryGetValue(client, out int known) ? known : None;
        bool found = false;
        int previous = None;
        for (int slot = first; slot != None;)
        {
            ref Record record = ref _records[slot];
            int next = record.Next;
            if (record.Endpoint == endpoint)
            {
                (record.LastSeen, record.Place, found) = (now, place, true);
                previous = slot;
            }
            else if (now - record.LastSeen > timeout)
            {
                first = previous == None ? next : first;
                if (previous != None)
                {
                    _records[previous].Next = next;
                }

                record = new Record { Next = _free };
                _free = slot;
            }
            else
            {
                previous = slot;
            }

            slot = next;
        }

        if (!found)
        {
            int added = Take();
            _records[added] = new Record { Endpoint = endpoint, LastSeen = now, Place = place, Next = first };
            first = added;
        }

        _clients[client] = first;
    }

    private int Take()
    {
        if (_free != None)
        {
            int slot = _free;
            _free = _records[slot].Next;
            return slot;
        }

        if (_used == _records.Length)
        {
            Array.Resize(ref _records, _used * 2);
        }

        return _used++;
    }

    private struct Record
    {
        internal IpPort Endpoint;
        internal TimeSpan LastSeen;
        internal int Place;
        internal int Next;
    }
}
