namespace KubeSim.Dns;

/// <summary>The Services of one namespace, by their names in any case.</summary>
internal sealed class NamespaceRecords(string name)
{
    private readonly Dictionary<string, ServiceRecords> _services = new(StringComparer.OrdinalIgnoreCase);

    public string Name => name;

    /// <summary>Whether the Namespace object is there; its Services may be known before it.</summary>
    public bool Exists { get; set; }

    public bool IsEmpty => !Exists && _services.Count == 0;

    /// <summary>The Services known, in no order: sort what leaves this room.</summary>
    public IEnumerable<ServiceRecords> Services => _services.Values;

    /// <summary>The Service, or what is known of it; null where nothing is.</summary>
    public ServiceRecords? Find(ReadOnlySpan<char> service) =>
        _services.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(service, out ServiceRecords? records) ? records : null;

    public ServiceRecords Touch(string service)
    {
        if (!_services.TryGetValue(service, out ServiceRecords? records))
        {
            _services.Add(service, records = new ServiceRecords(new(name, service)));
        }

        return records;
    }

    public void Drop(ServiceRecords records) => _services.Remove(records.Name.Name);
}
