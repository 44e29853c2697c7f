using KubeSim.LoadBalancing;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>An endpoint as the rules of a service port name it.</summary>
/// <param name="Text">Its address and port: <c>10.0.0.1:80</c>, <c>[fd00::1]:80</c>.</param>
/// <param name="Address">Its address alone.</param>
/// <param name="Chain">The chain that translates to it.</param>
internal sealed record IptablesEndpoint(string Text, string Address, string Chain)
{
    /// <summary>The endpoints of a list in kube-proxy's order: by address and port as a text.</summary>
    /// <param name="backends">The list.</param>
    /// <param name="names">The names of the service port.</param>
    /// <param name="known">Endpoints that have been read already, in the same order; the same instance is used for the same endpoint.</param>
    public static List<IptablesEndpoint> Read(BackendSet backends, IptablesNames names, List<IptablesEndpoint> known)
    {
        var texts = new List<(string Text, string Address)>(backends.Count);
        for (int i = 0; i < backends.Count; i++)
        {
            ref readonly Backend backend = ref backends[i];
            texts.Add((backend.Address.ToString(), backend.Address.Address.ToString()));
        }

        texts.Sort(static (left, right) => string.CompareOrdinal(left.Text, right.Text));
        var endpoints = new List<IptablesEndpoint>(texts.Count);
        int place = 0;
        foreach ((string text, string address) in texts)
        {
            while (place < known.Count && string.CompareOrdinal(known[place].Text, text) < 0)
            {
                place++;
            }

            endpoints.Add(place < known.Count && known[place].Text == text ? known[place] : new(text, address, names.EndpointChain(text)));
        }

        return endpoints;
    }

    /// <summary>Both lists in one, in the same order, no endpoint twice.</summary>
    public static List<IptablesEndpoint> Union(List<IptablesEndpoint> left, List<IptablesEndpoint> right)
    {
        var all = new List<IptablesEndpoint>(left.Count + right.Count);
        int i = 0;
        int j = 0;
        while (i < left.Count || j < right.Count)
        {
            int order = i == left.Count ? 1 : j == right.Count ? -1 : string.CompareOrdinal(left[i].Text, right[j].Text);
            all.Add(order <= 0 ? left[i] : right[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return all;
    }
}
