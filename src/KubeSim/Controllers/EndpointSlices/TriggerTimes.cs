using System.Globalization;
using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>
/// When the change happened from which a sync follows: at a Service's first sync its creation, later the earliest time that is
/// newer than at the sync before, of the Pods' last change of readiness and the Service's creation.
/// </summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice/trigger_time_tracker.go (util)</source>
internal sealed class TriggerTimes
{
    private readonly Dictionary<string, DateTimeOffset> _pods = new(StringComparer.Ordinal);
    private DateTimeOffset? _service;
    private bool _isKnown;

    /// <summary>The text of a time as annotations have it; null for none.</summary>
    public static string? Text(DateTimeOffset? time) => time is not { } at
        ? null
        : at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>At a sync that looks at everything: all selected Pods.</summary>
    public DateTimeOffset? Next(Service service, IReadOnlyList<Pod> pods)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        DateTimeOffset? earliest = null;
        foreach (Pod pod in pods)
        {
            present.Add(pod.Metadata.Name);
            earliest = Earlier(earliest, Changed(pod.Metadata.Name, pod));
        }

        foreach (string gone in _pods.Keys.Where(name => !present.Contains(name)).ToArray())
        {
            _pods.Remove(gone);
        }

        return Finish(service, earliest);
    }

    /// <summary>At a sync that looks at some Pods only; null for those that are no longer selected.</summary>
    public DateTimeOffset? Next(Service service, IReadOnlyList<KeyValuePair<string, Pod?>> changed)
    {
        DateTimeOffset? earliest = null;
        foreach ((string name, Pod? pod) in changed)
        {
            earliest = Earlier(earliest, Changed(name, pod));
        }

        return Finish(service, earliest);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) => left is null || right < left ? right ?? left : left;

    private static DateTimeOffset? TimeOf(Pod? pod)
    {
        foreach (Condition condition in pod is null ? default : pod.Status.Conditions)
        {
            if (condition.Type == "Ready")
            {
                return condition.LastTransitionTime;
            }
        }

        return null;
    }

    private DateTimeOffset? Changed(string name, Pod? pod)
    {
        if (TimeOf(pod) is not { } time)
        {
            _pods.Remove(name);
            return null;
        }

        bool isNewer = !_pods.TryGetValue(name, out DateTimeOffset before) || time > before;
        _pods[name] = time;
        return isNewer ? time : null;
    }

    private DateTimeOffset? Finish(Service service, DateTimeOffset? earliest)
    {
        DateTimeOffset? created = service.Metadata.CreationTimestamp;
        earliest = _service is null || created > _service ? Earlier(earliest, created) : earliest;
        earliest = _isKnown ? earliest : created;
        _service = created;
        _isKnown = true;
        return earliest;
    }
}
