using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.Dns;
using KubeSim.Measurement;
using KubeSim.Tracing;

namespace KubeSim;

/// <summary>
/// Somewhere to stand and dial from: a Pod, a node, or a host outside the cluster. Dialling takes no virtual time. Of the thread that drives the cluster.
/// A target is what people type: <c>web:80</c>, <c>web.shop:80</c>, <c>10.96.0.10:80</c>, <c>[fd00::10]:80</c>, <c>udp://dns.kube-system:53</c>.
/// </summary>
public abstract class TrafficSource
{
    private protected TrafficSource(Cluster cluster) => Cluster = cluster;

    /// <summary>The name of the Pod, node or host.</summary>
    public abstract string Name { get; }

    /// <summary>The address it sends from, of its first family.</summary>
    /// <exception cref="InvalidOperationException">It is a Pod that has no address yet, or is gone.</exception>
    public IpAddress Address => Cluster.Inside(() => Sender.Addresses[0]);

    private protected Cluster Cluster { get; }

    /// <summary>Where its packets start in the data plane.</summary>
    internal abstract Sender Sender { get; }

    /// <summary>The object it is, as reasons name it: <c>pod/default/web</c>.</summary>
    internal abstract string ObjectName { get; }

    /// <summary>The machine whose resolver answers; shown as the place of a name's step.</summary>
    internal abstract string Place { get; }

    /// <summary>Opens a connection and keeps it open until it is disposed.</summary>
    /// <param name="target">What is dialled.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is no target.</exception>
    /// <exception cref="InvalidOperationException">It is a Pod that has no address yet, or is gone.</exception>
    public Connection Connect(string target)
    {
        ConnectionTarget parsed = ConnectionTarget.Parse(target);
        return Cluster.Inside(() => Cluster.Dialler.Connect(this, parsed, target));
    }

    /// <summary>Opens a connection to an address and keeps it open until it is disposed.</summary>
    /// <param name="destination">The address and port, 1 to 65535.</param>
    /// <param name="protocol">What carries it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The port is 0, or the protocol is none that is known.</exception>
    /// <exception cref="InvalidOperationException">It is a Pod that has no address yet, or is gone.</exception>
    public Connection Connect(IpPort destination, TransportProtocol protocol = TransportProtocol.Tcp)
    {
        ConnectionTarget target = ConnectionTarget.Of(destination, protocol);
        return Cluster.Inside(() => Cluster.Dialler.Connect(this, target, destination.ToString()));
    }

    /// <summary>Opens many connections, one after another at this instant, and reports how they spread. A name is resolved anew for each.</summary>
    /// <param name="target">What is dialled.</param>
    /// <param name="count">How many: 0 or more.</param>
    /// <param name="keepOpen">Whether they stay open until the end of their time-outs, as load for strategies that count; else each is closed before the next.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is no target.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">It is a Pod that has no address yet, or is gone.</exception>
    public LoadReport ConnectMany(string target, int count, bool keepOpen = false)
    {
        ConnectionTarget parsed = ConnectionTarget.Parse(target);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Cluster.Inside(() => Cluster.Dialler.ConnectMany(this, parsed, count, keepOpen));
    }

    /// <summary>Asks the resolver for a name, with the search list of this place.</summary>
    /// <param name="name">For example <c>web</c>, <c>web.shop</c> or <c>web.shop.svc.cluster.local.</c></param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    /// <exception cref="InvalidOperationException">It is a Pod that is gone.</exception>
    public DnsAnswer Resolve(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Cluster.Inside(() => Cluster.Dialler.Resolve(this, name, null));
    }

    /// <summary>What would happen to a connection now, hop by hop; nothing changes, not even the next random choice.</summary>
    /// <param name="target">What would be dialled.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is no target.</exception>
    /// <exception cref="InvalidOperationException">It is a Pod that has no address yet, or is gone.</exception>
    public Trace Trace(string target)
    {
        ConnectionTarget parsed = ConnectionTarget.Parse(target);
        return Cluster.Inside(() => Cluster.Dialler.Trace(this, parsed, target));
    }

    /// <summary>What would happen to a connection to an address now, hop by hop; nothing changes.</summary>
    /// <param name="destination">The address and port, 1 to 65535.</param>
    /// <param name="protocol">What carries it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The port is 0, or the protocol is none that is known.</exception>
    /// <exception cref="InvalidOperationException">It is a Pod that has no address yet, or is gone.</exception>
    public Trace Trace(IpPort destination, TransportProtocol protocol = TransportProtocol.Tcp)
    {
        ConnectionTarget target = ConnectionTarget.Of(destination, protocol);
        return Cluster.Inside(() => Cluster.Dialler.Trace(this, target, destination.ToString()));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The answer of the resolver at this place.</summary>
    internal abstract DnsAnswer Ask(string name, TraceRecorder? recorder, bool isDryRun);
}
