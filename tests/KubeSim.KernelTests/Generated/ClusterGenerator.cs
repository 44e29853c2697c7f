using CsCheck;
using KubeSim.Dataplane;

namespace KubeSim.KernelTests.Generated;

/// <summary>Makes clusters up.</summary>
internal static class ClusterGenerator
{
    private static readonly Gen<int> MasqueradeBit = Gen.Frequency((2, Gen.Const(14)), (1, Gen.Const(0)), (1, Gen.Const(31)));

    private static readonly Gen<(int MasqueradeBit, int Nameless)> Oddities = Gen.Select(MasqueradeBit, Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[0, 511])));

    private static readonly Gen<NodeCase> Node = Gen.Select(
        Gen.Bool, Gen.Enum<LocalPodDetector>(), Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))), Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Bool, Oddities,
        static (isNftables, detector, all, nodePorts, localhost, cidr, zone, odd) => new NodeCase(isNftables, detector, all, nodePorts, localhost, cidr, zone, odd.MasqueradeBit, odd.Nameless));

    private static readonly Gen<EndpointCase> Endpoint = Gen.Select(
        Gen.Int[0, 8], Gen.Int[0, 1], Gen.Int[0, 6], Gen.Int[0, 4], static (host, port, condition, hint) => new EndpointCase(host, port, condition, hint));

    private static readonly Gen<(int Kind, int Ports, bool InternalLocal, bool ExternalLocal, bool HasAffinity)> Policies =
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 3], Gen.Bool, Gen.Bool, Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))));

    private static readonly Gen<(int ExternalIPs, int Ingress, bool IsIngressProxy, int SourceRanges, int Hints)> Addresses = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 2], Gen.Frequency((5, Gen.Const(false)), (1, Gen.Const(true))), Gen.Frequency((2, Gen.Const(0)), (2, Gen.Int[1, 7]), (1, Gen.Int[8, 15])), Gen.Int[0, 4]);

    private static readonly Gen<ServiceCase> Service = Gen.Select(
        Policies, Addresses, Endpoint.Array[0, 5],
        static (policies, addresses, endpoints) => new ServiceCase(
            policies.Kind, policies.Ports, policies.InternalLocal, policies.ExternalLocal, policies.HasAffinity,
            addresses.ExternalIPs, addresses.Ingress, addresses.IsIngressProxy, addresses.SourceRanges, addresses.Hints, endpoints));

    private static readonly Gen<ProbeCase> Probe = Gen.Select(
        Gen.Int[0, Generated.Addresses.ClientCount - 1], Gen.Int[0, 4], Gen.Int[0, Generated.Addresses.TargetCount - 1], Gen.Bool,
        static (from, service, target, isUdp) => new ProbeCase(from, service, target, isUdp));

    public static Gen<ClusterCase> Cluster { get; } = Gen.Select(
        Gen.Frequency((2, Gen.Const(false)), (1, Gen.Const(true))), Node, Service.Array[1, 5], Probe.Array[20, 60],
        static (isIPv6, node, services, probes) => new ClusterCase(isIPv6, node, services, probes));
}
