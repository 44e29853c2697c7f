using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Kubelet;
using KubeSim.Proxy;
using KubeSim.Simulation;

namespace KubeSim;

/// <summary>
/// The machines behind the Node objects. Whoever creates a Node, in the options or by a manifest, adds a machine with a place in the network, a kubelet and a
/// kube-proxy; deleting the Node takes the machine away.
/// </summary>
internal sealed class Machines : IDisposable
{
    private readonly ClusterOptions _options;
    private readonly KubeApiServer _server;
    private readonly Network _network;
    private readonly EventQueue _queue;
    private readonly VirtualClock _clock;
    private readonly RunLog _log;
    private readonly PodCidrAllocator _podCidrs;
    private readonly MachineAddresses _addresses;
    private readonly KubeProxies _proxies;
    private readonly SortedDictionary<string, Machine> _machines = new(StringComparer.Ordinal);
    private IDisposable? _subscription;

    internal Machines(ClusterOptions options, KubeApiServer server, Network network, EventQueue queue, VirtualClock clock, RunLog log)
    {
        _options = options;
        _server = server;
        _network = network;
        _queue = queue;
        _clock = clock;
        _log = log;
        _podCidrs = new PodCidrAllocator([options.PodCidr]);
        _addresses = new MachineAddresses();
    }
}
