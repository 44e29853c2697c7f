using KubeSim.Collections;

namespace KubeSim.Tracing;

/// <summary>Collects what happens to one packet. Where nothing is recorded there is none, and no step is built.</summary>
internal sealed class TraceRecorder
{
    private readonly List<Hop> _hops = [];

    public int Count => _hops.Count;

    public EquatableArray<Hop> Hops => _hops.ToEquatableArray();

    /// <summary>The last step that was told.</summary>
    public Step Last
    {
        get => _hops[^1].Step;
        set => _hops[^1] = _hops[^1] with { Step = value };
    }

    public void Add(string place, Step step) => _hops.Add(new Hop(place, step));
}
