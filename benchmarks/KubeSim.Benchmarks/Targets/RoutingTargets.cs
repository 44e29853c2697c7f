using System.Globalization;
using KubeSim.Dataplane;

namespace KubeSim.Benchmarks.Targets;

/// <summary>What a connection and a packet cost, in bounded draws of the generator.</summary>
internal static class RoutingTargets
{
    private const int Operations = 20_000;
    private const double MostDrawsPerConnection = 100;
    private const double MostDrawsPerPacket = 20;
    private const double MostGrowth = 1.5;
    private const int MillionConnections = 1_000_000;
    private const int MostNanosecondsPerConnection = 600;
    private const int MostNanosecondsPerPacket = 150;

    public static IEnumerable<TargetLine> Measure()
    {
        foreach (ProxyMode mode in Enum.GetValues<ProxyMode>())
        {
            foreach (TargetLine line in Measure(mode)) yield return line;
        }

        ConnectBenchmarks crowded = Cluster(1_000, live: MillionConnections);
        Measure.Subject connection = Connections(crowded), packet = Packets(crowded);
        double[] times = Targets.Measure.Nanoseconds(connection, packet);
        double bytes = Targets.Measure.Bytes(connection) + Targets.Measure.Bytes(packet);
        yield return new(
            "1,000,000 live connections",
            Text($"{times[0]:F0} ns for a new one, {times[1]:F0} ns for a packet, {bytes:F0} B"),
            Text($"<= {MostNanosecondsPerConnection} ns for a new one, <= {MostNanosecondsPerPacket} ns for a packet, 0 B"),
            times[0] <= MostNanosecondsPerConnection && times[1] <= MostNanosecondsPerPacket && bytes == 0);
    }

    private static IEnumerable<TargetLine> Measure(ProxyMode mode)
    {
        ConnectBenchmarks few = Cluster(10, mode), many = Cluster(1_000, mode), most = Cluster(10_000, mode);
        Measure.Subject connection = Connections(many);
        Measure.Subject packet = Packets(many);
        double[] times = Targets.Measure.Nanoseconds(
            new(() => { for (int i = 0; i < Operations; i++) many.OneDraw(); }, Operations), connection, packet, Connections(few), Connections(most));
        double bytesOfConnection = Targets.Measure.Bytes(connection), bytesOfPacket = Targets.Measure.Bytes(packet);
        double draws = times[1] / times[0], drawsOfPacket = times[2] / times[0], growth = times[4] / times[3];
        yield return new(
            $"new routed connection, 1,000 services x 10 endpoints, 10,000 live connections, {mode}",
            Text($"{draws:F0}x a pick ({times[1]:F0} ns; a pick {times[0]:F2} ns), {bytesOfConnection:F0} B"),
            "<= 100x one xoshiro256** bounded pick, 0 B",
            draws <= MostDrawsPerConnection && bytesOfConnection == 0);
        yield return new(
            $"new routed connection, 10,000 services against 10, {mode}",
            Text($"{growth:F2}x ({times[4]:F0} ns against {times[3]:F0} ns)"),
            "<= 1.5x",
            growth <= MostGrowth);
        yield return new(
            $"packet on a live connection, {mode}",
            Text($"{drawsOfPacket:F0}x a pick ({times[2]:F0} ns), {bytesOfPacket:F0} B"),
            "<= 20x one pick, 0 B",
            drawsOfPacket <= MostDrawsPerPacket && bytesOfPacket == 0);
    }

    private static ConnectBenchmarks Cluster(int services, ProxyMode mode = ProxyMode.IPTables, int live = 10_000)
    {
        var cluster = new ConnectBenchmarks { Services = services, Mode = mode, Live = live };
        cluster.Setup();
        return cluster;
    }

    private static Measure.Subject Connections(ConnectBenchmarks cluster) =>
        new(() => { for (int i = 0; i < Operations; i++) cluster.NewConnection(); }, Operations);

    private static Measure.Subject Packets(ConnectBenchmarks cluster) =>
        new(() => { for (int i = 0; i < Operations; i++) cluster.PacketOnALiveConnection(); }, Operations);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
