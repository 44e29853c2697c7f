using System.Runtime.InteropServices;
using KubeSim.Addressing;

namespace KubeSim.LoadBalancing;

/// <summary>How many connections of one service port one node keeps open to each endpoint.</summary>
internal sealed class ActiveFlowCounts
{
    private readonly Dictionary<IpPort, int> _counts = [];

    public int this[IpPort endpoint] => _counts.GetValueOrDefault(endpoint);

    public void Opened(IpPort endpoint) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, endpoint, out _)++;

    public void Closed(IpPort endpoint)
    {
        ref int count = ref CollectionsMarshal.GetValueRefOrNullRef(_counts, endpoint);
        if (--count == 0)
        {
            _counts.Remove(endpoint);
        }
    }
}
