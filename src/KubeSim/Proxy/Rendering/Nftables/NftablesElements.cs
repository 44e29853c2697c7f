namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>
/// Brings one set or map to what a sync wants, writing only what differs: kube-proxy remembers the elements from sync to sync, and
/// reads them back in a full one, so it knows what the kernel holds.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/nftables/proxier.go: nftElementStorage</source>
internal sealed class NftablesElements(NftablesTable table, NftablesTransaction transaction, string name)
{
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);

    /// <summary>Sees to it that the element is there, with that value.</summary>
    public void Ensure(NftablesElement element)
    {
        _wanted.Add(element.Key);
        NftablesElement? there = table.FindSet(name)?.Find(element.Key);
        if (there is not null && there.Value == element.Value)
        {
            return;
        }

        if (there is not null)
        {
            transaction.DeleteElement(name, element.Key);
        }

        transaction.AddElement(name, element);
    }

    /// <summary>Takes out what nobody has asked for.</summary>
    public void DeleteLeftovers()
    {
        if (table.FindSet(name) is not { } set || set.Count == _wanted.Count)
        {
            return;
        }

        foreach (NftablesElement element in set.Elements)
        {
            if (!_wanted.Contains(element.Key))
            {
                transaction.DeleteElement(name, element.Key);
            }
        }
    }
}
