using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>A machine outside the cluster: it reaches the nodes' own addresses and the load balancers, and nothing behind them.</summary>
internal sealed class NetworkHost
{
    internal NetworkHost(string name, IpAddress address)
    {
        Name = name;
        Address = address;
        Sender = new Sender(name, [address], new Conntrack(name, null), new EphemeralPorts(), null, null, this);
    }

    public string Name { get; }

    public IpAddress Address { get; }

    public Sender Sender { get; }
}
