using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>From a Pod's labels to the Services that select it: each Service stands under one label of its selector.</summary>
internal sealed class SelectorIndex
{
    private readonly Dictionary<NamespacedName, SelectedService> _services = [];
    private readonly Dictionary<LabelKey, List<SelectedService>> _byLabel = [];

    /// <summary>Counts changes of selectors; what <see cref="Matching"/> said before is right while it stays.</summary>
    public int Version { get; private set; }

    public SelectedService? Find(NamespacedName name) => _services.GetValueOrDefault(name);

    public void Set(Service service)
    {
        if (_services.TryGetValue(service.Name, out SelectedService? entry) && entry.Service.Spec.Selector == service.Spec.Selector)
        {
            entry.Service = service;
            return;
        }

        Remove(service.Name);
        entry = new SelectedService(service);
        _services.Add(service.Name, entry);
        if (!service.Spec.Selector.IsEmpty)
        {
            Version++;
            LabelKey key = KeyOf(service);
            if (!_byLabel.TryGetValue(key, out List<SelectedService>? list))
            {
                list = [];
                _byLabel.Add(key, list);
            }

            list.Add(entry);
        }
    }

    public void Remove(NamespacedName name)
    {
        if (!_services.Remove(name, out SelectedService? entry) || entry.Service.Spec.Selector.IsEmpty)
        {
            return;
        }

        Version++;
        LabelKey key = KeyOf(entry.Service);
        List<SelectedService> list = _byLabel[key];
        list.Remove(entry);
        if (list.Count == 0)
        {
            _byLabel.Remove(key);
        }
    }

    /// <summary>The Services that select a Pod with these labels, in the order of their names.</summary>
    public SelectedService[] Matching(string podNamespace, LabelSet labels)
    {
        List<SelectedService>? matching = null;
        foreach (Label label in labels)
        {
            if (_byLabel.TryGetValue(new(podNamespace, label.Key, label.Value), out List<SelectedService>? list))
            {
                foreach (SelectedService service in list)
                {
                    if (service.Service.Spec.Selector.IsSubsetOf(labels))
                    {
                        (matching ??= []).Add(service);
                    }
                }
            }
        }

        if (matching is null)
        {
            return [];
        }

        matching.Sort(static (left, right) => left.Name.CompareTo(right.Name));
        return matching.Count == 1 ? matching[0].Alone : [.. matching];
    }

    // The last label: the first ones ("app.kubernetes.io/part-of") are more often shared by all Services of an application.
    private static LabelKey KeyOf(Service service)
    {
        Label last = default;
        foreach (Label label in service.Spec.Selector)
        {
            last = label;
        }

        return new(service.Metadata.Namespace, last.Key, last.Value);
    }
}
