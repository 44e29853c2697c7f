using KubeSim.Simulation;

namespace KubeSim.ApiServer.Allocation;

/// <summary>
/// Numbers from 0 up to a size, each taken once. Who asks for a certain number may have any; who does not care gets one of the
/// upper band, from a random place on, and of the lower band only when the upper one is full.
/// </summary>
/// <source>kubernetes v1.36, pkg/registry/core/service/ipallocator/ipallocator.go, portallocator/allocator.go</source>
internal sealed class NumberPool
{
    private readonly HashSet<long> _taken = [];
    private readonly long _size;
    private readonly long _lowerBand;
    private readonly DeterministicRandom _random;
    private long _takenInLowerBand;

    /// <param name="size">How many numbers there are.</param>
    /// <param name="lowerBand">How many of them, from 0 on, are left to who asks for a certain one.</param>
    /// <param name="random">Where the random places come from.</param>
    internal NumberPool(long size, long lowerBand, DeterministicRandom random)
    {
        _size = size;
        _lowerBand = lowerBand;
        _random = random;
    }

    internal int Count => _taken.Count;

    internal bool Has(long number) => number >= 0 && number < _size;

    internal bool IsTaken(long number) => _taken.Contains(number);

    /// <summary>Takes a certain number; false where it is taken.</summary>
    internal bool TryTake(long number)
    {
        if (!_taken.Add(number))
        {
            return false;
        }

        _takenInLowerBand += number < _lowerBand ? 1 : 0;
        return true;
    }

    /// <summary>Takes any number; false where none is left.</summary>
    internal bool TryTakeAny(out long number) =>
        TryTakeBetween(_lowerBand, _size, _taken.Count - _takenInLowerBand, out number) || TryTakeBetween(0, _lowerBand, _takenInLowerBand, out number);

    /// <summary>Gives a number back; one that is not taken stays so.</summary>
    internal void Release(long number)
    {
        if (_taken.Remove(number))
        {
            _takenInLowerBand -= number < _lowerBand ? 1 : 0;
        }
    }

    private bool TryTakeBetween(long first, long end, long taken, out long number)
    {
        number = -1;
        if (taken == end - first)
        {
            return false;
        }

        number = first + _random.NextInt64(end - first);
        while (_taken.Contains(number))
        {
            number = number + 1 == end ? first : number + 1;
        }

        return TryTake(number);
    }
}
