using System.Globalization;
using KubeSim.Addressing;

namespace KubeSim.Kubelet;

/// <summary>
/// One block of a node's podCIDRs as the CNI plugin host-local hands it out: the first address behind the gateway (place 1), then
/// always the next one after the last one given, around at the end, without those in use. In IPv4 the broadcast address is not given.
/// </summary>
/// <source>containernetworking/plugins v1.7, host-local allocator</source>
internal sealed class PodAddressRange
{
    /// <summary>Of a larger block only this many addresses are used, so that what is in use stays a short list of bits.</summary>
    public const int Largest = 65_534;

    private const int FirstPlace = 2;
    private const int BitsPerWord = 64;
    private readonly Cidr _block;
    private ulong[] _inUse = [];
    private int _next;
    private int _count;

    public PodAddressRange(Cidr block)
    {
        _block = block;
        long places = block.Count - FirstPlace - (block.First.IsIPv4 ? 1 : 0);
        Capacity = (int)Math.Clamp(places, 0, Largest);
    }

    /// <summary>How many Pods can have an address at one time.</summary>
    public int Capacity { get; }

    public int Free => Capacity - _count;

    /// <summary>The addresses as host-local names them in its messages.</summary>
    public string Text => Capacity == 0 ? _block.ToString(null, CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{AddressAt(0)}-{AddressAt(Capacity - 1)}");

    /// <summary>Takes the next free address; false when there is none.</summary>
    public bool TryTake(out IpAddress address)
    {
        address = default;
        if (Free == 0)
        {
            return false;
        }

        int place = _next;
        while (IsInUse(place))
        {
            place = After(place);
        }

        Mark(place);
        _next = After(place);
        address = AddressAt(place);
        return true;
    }

    /// <summary>Takes this address; false when it is in use or not one of the range.</summary>
    public bool TryTake(IpAddress address)
    {
        long place = PlaceOf(address);
        if (place < 0 || IsInUse((int)place))
        {
            return false;
        }

        Mark((int)place);
        return true;
    }

    /// <summary>Makes the address free again; false where it was not in use.</summary>
    public bool Release(IpAddress address)
    {
        long place = PlaceOf(address);
        if (place < 0 || !IsInUse((int)place))
        {
            return false;
        }

        _inUse[place / BitsPerWord] &= ~Bit((int)place);
        _count--;
        return true;
    }

    private static ulong Bit(int place) => 1UL << (place % BitsPerWord);

    private int After(int place) => place + 1 == Capacity ? 0 : place + 1;

    private IpAddress AddressAt(int place) => _block[place + FirstPlace];

    private long PlaceOf(IpAddress address) => _block.IndexOf(address) - FirstPlace is >= 0 and var place && place < Capacity ? place : -1;

    private bool IsInUse(int place) => place / BitsPerWord < _inUse.Length && (_inUse[place / BitsPerWord] & Bit(place)) != 0;

    private void Mark(int place)
    {
        if (place / BitsPerWord >= _inUse.Length)
        {
            Array.Resize(ref _inUse, Math.Max((place / BitsPerWord) + 1, _inUse.Length * 2));
        }

        _inUse[place / BitsPerWord] |= Bit(place);
        _count++;
    }
}
