using KubeSim.Addressing;

namespace KubeSim;

/// <summary>Whether a cluster can be made of its options.</summary>
internal static class ClusterOptionsCheck
{
    /// <exception cref="ArgumentException">An option is not acceptable; the message names it.</exception>
    internal static void Throw(ClusterOptions options)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var addresses = new HashSet<IpAddress>();
        for (int i = 0; i < options.Nodes.Length; i++)
        {
            NodeOptions node = options.Nodes[i] ?? throw Wrong($"Nodes[{i}]", "is null");
            if (string.IsNullOrEmpty(node.Name) || !names.Add(node.Name))
            {
                throw Wrong($"Nodes[{i}].Name", string.IsNullOrEmpty(node.Name) ? "is empty" : $"is '{node.Name}', which another node has");
            }

            if (node.Address is { } address && !addresses.Add(address))
            {
                throw Wrong($"Nodes[{i}].Address", $"is {address}, which another node has");
            }
        }

        if (options.LoadBalancer is null)
        {
            throw Wrong(nameof(options.LoadBalancer), "is null");
        }

        if (options.PodCidr.Overlaps(options.ServiceCidr))
        {
            throw Wrong(nameof(options.ServiceCidr), $"{options.ServiceCidr} overlaps {nameof(options.PodCidr)} {options.PodCidr}");
        }

        if (options.FirstNodePort is < 1 or > ushort.MaxValue)
        {
            throw Wrong(nameof(options.FirstNodePort), $"is {options.FirstNodePort}, not a port from 1 to 65535");
        }

        if (options.LastNodePort < options.FirstNodePort || options.LastNodePort > ushort.MaxValue)
        {
            throw Wrong(nameof(options.LastNodePort), $"is {options.LastNodePort}, not a port from {nameof(options.FirstNodePort)} {options.FirstNodePort} to 65535");
        }

        if (options.Delays is null || options.Delays.FirstNegative() is not null)
        {
            throw Wrong($"{nameof(options.Delays)}.{options.Delays?.FirstNegative()}".TrimEnd('.'), options.Delays is null ? "is null" : "is negative");
        }

        if (string.IsNullOrWhiteSpace(options.ClusterDomain))
        {
            throw Wrong(nameof(options.ClusterDomain), "is empty");
        }
    }

    private static ArgumentException Wrong(string option, string problem) => new($"ClusterOptions.{option} {problem}.", option);
}
