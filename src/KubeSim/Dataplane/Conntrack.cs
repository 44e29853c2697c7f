using KubeSim.Addressing;

namespace KubeSim.Dataplane;

internal sealed class Conntrack(string machine)
{
    public string Machine => machine;

    public bool IsInUse(in Flow flow, TimeSpan now) => throw new NotSupportedException(flow.ToString() + now);
}
