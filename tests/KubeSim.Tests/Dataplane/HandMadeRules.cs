using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Tests.Dataplane;

/// <summary>Every combination of policies, entry points and endpoints of one service port, made by hand, and packets to try on them.</summary>
internal static class HandMadeRules
{
    public static readonly string[] Sources = ["10.244.1.5", "10.244.2.5", "192.168.0.1", "192.168.0.2", "203.0.113.7", "198.51.100.99", "198.51.100.1"];
    public static readonly string[] Destinations =
        ["10.96.41.7:80", "10.96.41.7:81", "203.0.113.80:80", "198.51.100.1:80", "192.168.0.1:30080", "192.168.0.2:30080", "192.168.0.1:80", "10.244.2.7:80"];

    public static IEnumerable<ProxySettings> AllSettings()
    {
        foreach (LocalPodDetector detector in Enum.GetValues<LocalPodDetector>())
        {
            foreach (bool masqueradeAll in (bool[])[false, true])
            {
                yield return new ProxySettings { Detector = detector, ClusterCidrs = [Cidr.Parse("10.244.0.0/16")], MasqueradeAll = masqueradeAll };
            }
        }
    }

    public static IEnumerable<ServiceRule> AllRules()
    {
        var here = new Backend(Lab.At("10.244.1.7:8080"), "node-1");
        var there = new Backend(Lab.At("10.244.2.7:8080"), "node-2");
        Backend[][] endpoints = [[], [here], [there], [here, there]];
        for (int bits = 0; bits < 64; bits++)
        {
            foreach (Backend[] backends in endpoints)
            {
                BackendSelection local = BackendSelection.Empty;
                foreach (Backend backend in backends) local = local.WithNode(backend.NodeName!, BackendSet.Of(backend));
                yield return new ServiceRule
                {
                    Name = Lab.Name(),
                    ClusterIP = Lab.Ip(Lab.ClusterIP),
                    Port = 80,
                    InternalLocal = (bits & 1) != 0,
                    ExternalLocal = (bits & 2) != 0,
                    NodePort = (ushort)((bits & 4) != 0 ? 30080 : 0),
                    ExternalIPs = (bits & 8) != 0 ? [Lab.Ip("203.0.113.80")] : [],
                    LoadBalancerIPs = (bits & 16) != 0 ? [Lab.Ip("198.51.100.1")] : [],
                    SourceRanges = (bits & 32) != 0 ? [Cidr.Parse("203.0.113.0/24"), Cidr.Parse("192.168.0.1/32")] : [],
                    Cluster = BackendSelection.Of(BackendSet.Of(backends)),
                    Local = local,
                    HasAny = backends.Length > 0,
                    EndpointCount = backends.Length,
                };
            }
        }
    }
}
