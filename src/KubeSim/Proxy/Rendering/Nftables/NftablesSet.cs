using System.Globalization;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>A set or map of the table.</summary>
internal sealed class NftablesSet(string name, long number, string type, string? comment, TimeSpan? timeout)
{
    private readonly Dictionary<string, NftablesElement> _elements = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>Counts what was made in the table: the kernel lists in that order.</summary>
    public long Number => number;

    /// <summary>For example <c>ipv4_addr . inet_proto . inet_service : verdict</c>.</summary>
    public string Type => type;

    public string? Comment => comment;

    /// <summary>How long an element stays that the packet path added; null where only kube-proxy adds elements.</summary>
    public TimeSpan? Timeout => timeout;

    public bool IsMap => type.Contains(':', StringComparison.Ordinal);

    /// <summary>What stands in braces where kube-proxy adds it.</summary>
    public string Declaration => string.Create(CultureInfo.InvariantCulture, $"type {type}")
        + (timeout is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ; flags dynamic,timeout ; timeout {timeout.Value.TotalSeconds:0}s"))
        + (comment is null ? "" : $" ; comment \"{comment}\"");

    public int Count => _elements.Count;

    /// <summary>In the order of their keys as texts; the kernel's own order follows a hash that differs from boot to boot.</summary>
    public IReadOnlyList<NftablesElement> Elements
    {
        get
        {
            NftablesElement[] elements = [.. _elements.Values];
            Array.Sort(elements, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
            return elements;
        }
    }

    public NftablesElement? Find(string key) => _elements.GetValueOrDefault(key);

    internal void Add(NftablesElement element) => _elements[element.Key] = element;

    internal void Remove(string key) => _elements.Remove(key);

    internal void Clear() => _elements.Clear();
}
