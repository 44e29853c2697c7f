using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>
/// What the API server said of all Services at some time, as a table, and a link to what it said next. A kube-proxy only
/// remembers how far it has read; what all have read is garbage.
/// </summary>
internal sealed class ServiceVersion(ServiceTable table, TimeSpan time, NamespacedName changed, int endpoints)
{
    public ServiceTable Table => table;

    /// <summary>When it became so, in virtual time.</summary>
    public TimeSpan Time => time;

    /// <summary>The Service that differs from the version before.</summary>
    public NamespacedName Changed => changed;

    /// <summary>How many endpoints that Service's slices list.</summary>
    public int Endpoints => endpoints;

    public ServiceVersion? Next { get; set; }
}
