using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Kubelet;

/// <summary>A machine as its kubelet registers it: what the Node object says about it.</summary>
/// <param name="Name">The node's name, also its hostname.</param>
internal sealed record NodeRegistration(string Name)
{
    /// <summary>The machine's addresses; the first of each family is the primary one.</summary>
    public EquatableArray<IpAddress> Addresses { get; init; }

    /// <summary>Its blocks for Pods, one per family.</summary>
    public EquatableArray<Cidr> PodCidrs { get; init; }

    /// <summary>The zone it stands in; null where it has none.</summary>
    public string? Zone { get; init; }

    /// <summary>Further labels; they win over those made here.</summary>
    public LabelSet Labels { get; init; }

    public EquatableArray<Taint> Taints { get; init; }

    /// <summary>The Node object to create: Ready from the start.</summary>
    public Node ToNode(DateTimeOffset now)
    {
        EquatableArray<string> blocks = Texts(PodCidrs);
        return new()
        {
            Metadata = new ObjectMeta { Name = Name, Labels = AllLabels(), Annotations = NodeStatusFields.Annotations },
            Spec = new NodeSpec
            {
                PodCIDR = blocks.IsEmpty ? null : blocks[0],
                PodCIDRs = blocks,
                Taints = Taints,
            },
            Status = new NodeStatus
            {
                Addresses = AllAddresses(),
                Conditions = NodeStatusFields.Conditions(now),
                Carried = NodeStatusFields.Carried,
            },
        };
    }

    private static EquatableArray<string> Texts(EquatableArray<Cidr> blocks)
    {
        var texts = new string[blocks.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = blocks[i].ToString(null, CultureInfo.InvariantCulture);
        }

        return new(texts);
    }

    private EquatableArray<NodeAddress> AllAddresses()
    {
        var addresses = new NodeAddress[Addresses.Length + 1];
        for (int i = 0; i < Addresses.Length; i++)
        {
            addresses[i] = new NodeAddress { Type = "InternalIP", Address = Addresses[i].ToString(null, CultureInfo.InvariantCulture) };
        }

        addresses[^1] = new NodeAddress { Type = "Hostname", Address = Name };
        return new(addresses);
    }

    private LabelSet AllLabels()
    {
        var labels = new List<Label>
        {
            new("beta.kubernetes.io/arch", NodeStatusFields.Architecture),
            new("beta.kubernetes.io/os", NodeStatusFields.OperatingSystem),
            new("kubernetes.io/arch", NodeStatusFields.Architecture),
            new("kubernetes.io/hostname", Name),
            new("kubernetes.io/os", NodeStatusFields.OperatingSystem),
        };
        if (Zone is not null)
        {
            labels.Add(new(NodeStatusFields.ZoneLabel, Zone));
        }

        labels.AddRange(Labels);
        return LabelSet.Create([.. labels]);
    }
}
