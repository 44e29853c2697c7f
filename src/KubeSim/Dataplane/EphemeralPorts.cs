using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>The source ports of one network stack, given in turn. A port is in use while an open connection to the same destination has it.</summary>
/// <source>Linux net.ipv4.ip_local_port_range, by default 32768 to 60999</source>
internal sealed class EphemeralPorts
{
    public const ushort First = 32768;
    public const ushort Last = 60999;
    private const int Count = Last - First + 1;

    private int _next;
    private (IpAddress Source, IpPort Destination, TransportProtocol Protocol, TimeSpan Now, long Ended)? _exhausted;

    /// <summary>The place in the turn, so that a trace can put it back.</summary>
    public int Position { get => _next; set => _next = value; }

    public ushort Next(Conntrack conntrack, IpAddress source, IpPort destination, TransportProtocol protocol, TimeSpan now)
    {
        var asked = (source, destination, protocol, now, conntrack.Ended);
        if (_exhausted == asked)
        {
            return 0;
        }

        for (int tried = 0; tried < Count; tried++)
        {
            ushort port = (ushort)(First + _next);
            _next = _next == Count - 1 ? 0 : _next + 1;
            if (!conntrack.IsInUse(new Flow(new IpPort(source, port), destination, protocol), now))
            {
                return port;
            }
        }

        _exhausted = asked;
        return 0;
    }
}
