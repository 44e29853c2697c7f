using System.Globalization;
using System.Text;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Iptables;

namespace KubeSim.Proxy.Metrics;

/// <summary>What kube-proxy answers on :10249/metrics, as far as it is counted here, in Prometheus' text format. Both address families are one.</summary>
internal static class MetricsText
{
    /// <param name="metrics">What was counted.</param>
    /// <param name="node">The node; the rules that it has now are counted when asked.</param>
    /// <param name="startTime">The calendar time at which virtual time began.</param>
    public static string Of(ProxyMetrics metrics, NetworkNode node, DateTimeOffset startTime)
    {
        var text = new StringBuilder();
        Head(text, "kubeproxy_network_programming_duration_seconds", "histogram", "In Cluster Network Programming Latency in seconds");
        metrics.NetworkProgramming.Write(text, "kubeproxy_network_programming_duration_seconds");
        Count(text, "kubeproxy_sync_full_proxy_rules_duration_seconds_count", "Syncs that wrote all rules", metrics.FullSyncs);
        Count(text, "kubeproxy_sync_partial_proxy_rules_duration_seconds_count", "Syncs that wrote the rules of what had changed", metrics.PartialSyncs);
        Count(text, "kubeproxy_sync_proxy_rules_duration_seconds_count", "Syncs", metrics.FullSyncs + metrics.PartialSyncs);
        Time(text, "kubeproxy_sync_proxy_rules_last_timestamp_seconds", "The last time proxy rules were successfully synced", metrics.LastSync, startTime);
        Time(text, "kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds", "The last time a sync of proxy rules was queued", metrics.LastQueued, startTime);
        NoLocal(text, node);
        switch (node.ProxySettings.Mode)
        {
            case ProxyMode.IPTables:
                Count(text, "kubeproxy_sync_proxy_rules_iptables_restore_failures_total", "Cumulative proxy iptables restore failures", metrics.FailedFullSyncs + metrics.FailedPartialSyncs);
                Count(text, "kubeproxy_sync_proxy_rules_iptables_partial_restore_failures_total", "Cumulative proxy iptables partial restore failures", metrics.FailedPartialSyncs);
                Rules(text, node);
                break;
            case ProxyMode.Nftables:
                Count(text, "kubeproxy_sync_proxy_rules_nftables_sync_failures_total", "Cumulative proxy nftables sync failures", metrics.FailedFullSyncs + metrics.FailedPartialSyncs);
                break;
            default:
                break;
        }

        return text.ToString();
    }

    private static void NoLocal(StringBuilder text, NetworkNode node)
    {
        NoLocalEndpoints counts = default;
        foreach (bool isIPv6 in (ReadOnlySpan<bool>)(node.Table is null ? [] : [false, true]))
        {
            NoLocalEndpoints family = NoLocalEndpoints.Count(node.Table!, node, isIPv6);
            counts = new(counts.Internal + family.Internal, counts.External + family.External);
        }

        const string Name = "kubeproxy_sync_proxy_rules_no_local_endpoints_total";
        Head(text, Name, "gauge", "Number of services with a Local traffic policy and no endpoints");
        text.Append(CultureInfo.InvariantCulture, $"{Name}{{traffic_policy=\"external\"}} {counts.External}\n{Name}{{traffic_policy=\"internal\"}} {counts.Internal}\n");
    }

    private static void Rules(StringBuilder text, NetworkNode node)
    {
        int filter = 0;
        int nat = 0;
        foreach (bool isIPv6 in (ReadOnlySpan<bool>)(node.Table is null ? [] : [false, true]))
        {
            IptablesInput input = new IptablesSync(node, isIPv6).Next(node.Table!).Input;
            filter += input.Filter.Rules.Count;
            nat += input.Nat.Rules.Count;
        }

        const string Name = "kubeproxy_sync_proxy_rules_iptables_total";
        Head(text, Name, "gauge", "Total number of iptables rules owned by kube-proxy");
        text.Append(CultureInfo.InvariantCulture, $"{Name}{{table=\"filter\"}} {filter}\n{Name}{{table=\"nat\"}} {nat}\n");
    }

    private static void Count(StringBuilder text, string name, string help, long value)
    {
        Head(text, name, "counter", help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Time(StringBuilder text, string name, string help, TimeSpan? time, DateTimeOffset startTime)
    {
        Head(text, name, "gauge", help);
        double seconds = time is { } at ? (startTime + at - DateTimeOffset.UnixEpoch).TotalSeconds : 0;
        text.Append(CultureInfo.InvariantCulture, $"{name} {seconds}\n");
    }

    private static void Head(StringBuilder text, string name, string type, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}.\n# TYPE {name} {type}\n");
}
