using System.Globalization;
using System.Runtime.CompilerServices;

namespace KubeSim.Simulation;

/// <summary>
/// Every event, draw and packet verdict, hashed as it goes: the definition of "the same run". Text is built only while
/// somebody observes; the hash never depends on whether somebody does.
/// </summary>
internal sealed class RunLog(EventQueue queue)
{
    private readonly Broadcast<ClusterEvent> _events = new();
    private StableHash _hash;

    /// <summary>The lines written from now on; completes with the run.</summary>
    public IObservable<ClusterEvent> Events => _events;

    /// <summary>Whether lines must be built as text.</summary>
    public bool IsObserved => _events.HasObservers;

    /// <summary>Records written, lines and numbers.</summary>
    public long Count { get; private set; }

    /// <summary>The hash of everything written so far, in order.</summary>
    public ulong Hash => _hash.ToUInt64();

    /// <summary>Writes a line, for example <c>log.Write("kube-proxy/node-1", $"synced {n} services")</c>. Allocates nothing unobserved.</summary>
    public void Write(string component, [InterpolatedStringHandlerArgument("")] ref RunLogText text)
    {
        Record(component, text.Hash);
        if (text.IsBuilt)
        {
            _events.Publish(new ClusterEvent(queue.Now, component, text.ToStringAndClear()));
        }
    }

    /// <summary>Writes a number: a draw, a packet's verdict. Part of the hash, but not a line for observers.</summary>
    public void Write(string component, ulong value) => Record(component, value);

    /// <summary>The hash as 16 lower-case hexadecimal digits.</summary>
    public string Fingerprint() => Hash.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Tells the observers that no line follows.</summary>
    public void Complete() => _events.Complete();

    private void Record(string component, ulong value)
    {
        _hash.Add(queue.Now.Ticks);
        _hash.Add(component);
        _hash.Add(value);
        Count++;
    }
}
