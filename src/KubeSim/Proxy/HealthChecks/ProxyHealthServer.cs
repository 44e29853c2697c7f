using KubeSim.Api;

namespace KubeSim.Proxy.HealthChecks;

/// <summary>
/// What a node's kube-proxy answers on its own port 10256: whether it keeps up with changes, and, on /healthz, whether the node
/// wants to go on getting connections. Fed by the syncs of both address families.
/// </summary>
/// <param name="healthTimeout">How old a change may become before it is in the rules; kube-proxy takes twice its sync period.</param>
/// <source>kubernetes v1.36, pkg/proxy/healthcheck/proxy_health.go</source>
internal sealed class ProxyHealthServer(TimeSpan healthTimeout)
{
    private const string AutoscalerTaint = "ToBeDeletedByClusterAutoscaler";

    private readonly SortedDictionary<string, DateTimeOffset> _lastUpdated = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DateTimeOffset> _oldestQueued = new(StringComparer.Ordinal);

    /// <summary>Whether new connections may come: false while the Node is not known, is being deleted, or about to be by the autoscaler.</summary>
    public bool IsNodeEligible { get; private set; }

    /// <summary>A change has come that is not in the rules of that family yet.</summary>
    /// <param name="family"><see cref="IPFamily"/>.</param>
    /// <param name="now">When.</param>
    public void Queued(string family, DateTimeOffset now) => _oldestQueued.TryAdd(family, now);

    /// <summary>The rules of that family hold all that has come; also when the proxy starts its loop.</summary>
    public void Updated(string family, DateTimeOffset now)
    {
        _oldestQueued.Remove(family);
        _lastUpdated[family] = now;
    }

    /// <summary>The node's own Node is new or has changed; null when it is gone.</summary>
    public void SyncNode(Node? node)
    {
        IsNodeEligible = node is { Metadata.DeletionTimestamp: null };
        foreach (Taint taint in node is null ? [] : node.Spec.Taints)
        {
            IsNodeEligible &= taint.Key != AutoscalerTaint;
        }
    }

    /// <summary>Whether a family keeps up.</summary>
    public bool IsHealthy(string family, DateTimeOffset now) => !_oldestQueued.TryGetValue(family, out DateTimeOffset queued) || now - queued < healthTimeout;

    /// <summary>Whether all families keep up.</summary>
    public bool IsHealthy(DateTimeOffset now)
    {
        foreach (string family in _oldestQueued.Keys)
        {
            if (!IsHealthy(family, now))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The answer to /livez.</summary>
    public HealthAnswer Livez(DateTimeOffset now) => Answer(now, IsHealthy(now), "");

    /// <summary>The answer to /healthz.</summary>
    public HealthAnswer Healthz(DateTimeOffset now) => Answer(now, IsHealthy(now) && IsNodeEligible, $",\"nodeEligible\":{HealthAnswer.Text(IsNodeEligible)}");

    private HealthAnswer Answer(DateTimeOffset now, bool isOk, string nodeEligible)
    {
        // For clients of old, who took the time itself for a sign of health.
        DateTimeOffset lastUpdated = now;
        if (!isOk)
        {
            lastUpdated = DateTimeOffset.MinValue;
            foreach (DateTimeOffset updated in _lastUpdated.Values)
            {
                lastUpdated = updated > lastUpdated ? updated : lastUpdated;
            }
        }

        string body = $"{{\"lastUpdated\":{HealthAnswer.Text(lastUpdated)},\"currentTime\":{HealthAnswer.Text(now)}{nodeEligible},\"healthy\":{HealthAnswer.Text(IsHealthy(now))}{StatusOfFamilies(now)}}}";
        return new(isOk ? HealthAnswer.Ok : HealthAnswer.ServiceUnavailable, [("Content-Type", "application/json"), ("X-Content-Type-Options", "nosniff")], body);
    }

    private string StatusOfFamilies(DateTimeOffset now)
    {
        var families = new List<string>();
        foreach ((string family, DateTimeOffset updated) in _lastUpdated)
        {
            families.Add($"\"{family}\":{{\"lastUpdated\":{HealthAnswer.Text(updated)},\"healthy\":{HealthAnswer.Text(IsHealthy(family, now))}}}");
        }

        return families.Count == 0 ? "" : $",\"status\":{{{string.Join(',', families)}}}";
    }
}
