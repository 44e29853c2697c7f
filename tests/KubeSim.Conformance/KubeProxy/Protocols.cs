using KubeSim.Addressing;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>The names of protocols in cases.</summary>
internal static class Protocols
{
    public static TransportProtocol Read(CaseNode node) => node.Text switch
    {
        "TCP" => TransportProtocol.Tcp,
        "UDP" => TransportProtocol.Udp,
        "SCTP" => TransportProtocol.Sctp,
        _ => throw node.Wrong("is no protocol that Services have"),
    };

    public static string NameOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Udp => "UDP",
        TransportProtocol.Sctp => "SCTP",
        _ => "TCP",
    };
}
