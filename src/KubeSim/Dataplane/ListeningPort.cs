using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>A port on which something answers.</summary>
internal readonly record struct ListeningPort(TransportProtocol Protocol, ushort Port);
