using KubeSim.Addressing;
using KubeSim.LoadBalancing;

namespace KubeSim.Dataplane;

/// <summary>
/// Which client was with which endpoints of one service port, on one node. A client can have several: its entry points may use
/// different lists of endpoints. Of the fresh ones that are in the list, the first in the list's order counts.
/// </summary>
/// <param name="limit">How many clients are kept of one endpoint; who has not come for longest makes room. 0 for no limit.</param>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go: rules with <c>-m recent --rcheck --seconds N --reap</c></source>
internal sealed class AffinityRecords(int limit = 0)
{
    /// <summary>How many addresses a list of iptables' <c>recent</c> match keeps: ip_list_tot of the kernel module xt_recent.</summary>
    public const int RecentListLimit = 100;

    private const int None = -1;

    private readonly Dictionary<IpAddress, int> _clients = [];
    private readonly Dictionary<IpPort, RecentClients> _recent = [];
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
        int found = None;
        for (int slot = _clients.GetValueOrDefault(client, None); slot != None;)
        {
            ref Record record = ref _records[slot];
            int next = record.Next;
            if (record.Endpoint == endpoint)
            {
                (record.LastSeen, record.Place, found) = (now, place, slot);
            }
            else if (now - record.LastSeen > timeout)
            {
                Remove(slot);
            }

            slot = next;
        }

        if (found == None)
        {
            if (limit > 0 && _recent.TryGetValue(endpoint, out RecentClients full) && full.Count == limit)
            {
                Remove(full.Oldest);
            }

            found = Take();
            _records[found] = new Record { Client = client, Endpoint = endpoint, LastSeen = now, Place = place, Next = _clients.GetValueOrDefault(client, None) };
            _clients[client] = found;
        }
        else
        {
            Unlink(found);
        }

        Link(found);
    }

    /// <summary>Puts a record at the young end of its endpoint's clients.</summary>
    private void Link(int slot)
    {
        if (limit == 0)
        {
            return;
        }

        ref Record record = ref _records[slot];
        RecentClients recent = _recent.TryGetValue(record.Endpoint, out RecentClients known) ? known : new(None, None, 0);
        (record.Older, record.Newer) = (recent.Newest, None);
        if (recent.Newest != None)
        {
            _records[recent.Newest].Newer = slot;
        }

        _recent[record.Endpoint] = new(recent.Count == 0 ? slot : recent.Oldest, slot, recent.Count + 1);
    }

    private void Unlink(int slot)
    {
        if (limit == 0)
        {
            return;
        }

        Record record = _records[slot];
        RecentClients recent = _recent[record.Endpoint];
        if (record.Older != None)
        {
            _records[record.Older].Newer = record.Newer;
        }

        if (record.Newer != None)
        {
            _records[record.Newer].Older = record.Older;
        }

        _recent[record.Endpoint] = new(recent.Oldest == slot ? record.Newer : recent.Oldest, recent.Newest == slot ? record.Older : recent.Newest, recent.Count - 1);
    }

    /// <summary>Forgets a record, and the client with its last one.</summary>
    private void Remove(int slot)
    {
        Unlink(slot);
        IpAddress client = _records[slot].Client;
        int next = _records[slot].Next;
        if (_clients[client] == slot)
        {
            if (next == None)
            {
                _clients.Remove(client);
            }
            else
            {
                _clients[client] = next;
            }
        }
        else
        {
            int before = _clients[client];
            while (_records[before].Next != slot)
            {
                before = _records[before].Next;
            }

            _records[before].Next = next;
        }

        _records[slot] = new Record { Next = _free };
        _free = slot;
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

    private readonly record struct RecentClients(int Oldest, int Newest, int Count);

    private struct Record
    {
        internal IpAddress Client;
        internal IpPort Endpoint;
        internal TimeSpan LastSeen;
        internal int Place;
        internal int Next;
        internal int Older;
        internal int Newer;
    }
}
