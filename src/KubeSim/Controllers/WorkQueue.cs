using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.Controllers;

/// <summary>
/// The keys that a controller has to look at, each exactly the watch delay after the change that noted it. By then the controller looks at what the
/// server holds, not at the change, so nothing is decided on outdated knowledge and nothing has to be remembered.
/// </summary>
internal sealed class WorkQueue<TKey>
    where TKey : notnull, IComparable<TKey>
{
    private readonly WorkSet<TKey> _keys;
    private readonly TimeSpan _watchDelay;
    private Action<TKey>? _reconcile;

    public WorkQueue(EventQueue queue, TimeSpan watchDelay, Action<TKey> reconcile)
    {
        _keys = new WorkSet<TKey>(queue, TimeSpan.Zero, Reconcile);
        _watchDelay = watchDelay;
        _reconcile = reconcile;
    }

    public void Note(TKey key)
    {
        if (_watchDelay == TimeSpan.Zero)
        {
            _keys.Note(key);
        }
        else
        {
            _keys.NoteAfter(key, _watchDelay);
        }
    }

    /// <summary>Notes a key for something that happens in time and not in the server.</summary>
    public void NoteAfter(TKey key, TimeSpan delay) => _keys.NoteAfter(key, delay);

    /// <summary>Forgets what is noted, now and later.</summary>
    public void Stop() => _reconcile = null;

    /// <summary>Where somebody else changed the object meanwhile, the same pass over what it is now.</summary>
    private void Reconcile(TKey key)
    {
        try
        {
            _reconcile?.Invoke(key);
        }
        catch (ApiException refusal) when (refusal.Status.Reason == "Conflict")
        {
            _keys.Note(key);
        }
    }
}
