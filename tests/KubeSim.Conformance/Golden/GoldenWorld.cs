using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Simulation;

namespace KubeSim.Conformance.Golden;

/// <summary>The node under test and the table that follows from the objects put so far.</summary>
internal sealed class GoldenWorld
{
    private readonly ServiceTableBuilder _builder;
    private readonly IReadOnlyList<string> _interfaces;
    private readonly string _nodeName;
    private readonly GoldenConfiguration _configuration;
    private readonly Dictionary<NamespacedName, EndpointSlice> _slices = [];
    private NetworkNode? _node;

    /// <param name="nodeName">The node under test.</param>
    /// <param name="interfaces">Its addresses with their prefix lengths, those of lo too.</param>
    /// <param name="configuration">How kube-proxy runs.</param>
    public GoldenWorld(string nodeName, IReadOnlyList<string> interfaces, GoldenConfiguration configuration)
    {
        _nodeName = nodeName;
        _interfaces = interfaces;
        _configuration = configuration;
        _builder = new ServiceTableBuilder(configuration.Options);
    }

    /// <summary>The node with the table installed; kube-proxy has synced.</summary>
    public NetworkNode Node
    {
        get
        {
            NetworkNode node = _node ?? throw new CaseFormatException($"there is no Node {_nodeName} among the objects");
            node.Install(_builder.Table);
            return node;
        }
    }

    public ServiceTable Table => _builder.Table;

    /// <summary>The Services that objects put or deleted since the last call belong to, each family's proxier by itself.</summary>
    public Touched Touched { get; } = new();

    public void Put(IEnumerable<JsonValue> documents)
    {
        foreach (JsonValue document in documents)
        {
            Put(document);
        }
    }

    public void Put(JsonValue document)
    {
        switch (ObjectMapping.Read(document))
        {
            case Service service:
                _builder.Set(service);
                break;
            case EndpointSlice slice:
                Touched.Add(slice);
                _slices[slice.Name] = slice;
                _builder.Set(slice);
                break;
            case Node node:
                Put(node);
                break;
            case { Kind: "ServiceCIDR" }:
                AddServiceCidrs(document);
                break;
            case { } other:
                throw new CaseFormatException($"there is no use for a {other.Kind}");
        }
    }

    /// <summary>Deletes an object: given whole, or by kind, namespace and name alone.</summary>
    public void Delete(JsonValue document)
    {
        JsonValue identity = document["metadata"] ?? document;
        var name = new NamespacedName(identity["namespace"]?.Text ?? "default", identity["name"]?.Text ?? throw new CaseFormatException($"nothing is named by {document}"));
        switch (document["kind"]?.Text)
        {
            case "Service":
                _builder.RemoveService(name);
                break;
            case "EndpointSlice":
                if (_slices.Remove(name, out EndpointSlice? slice))
                {
                    Touched.Add(slice);
                }

                _builder.RemoveSlice(name);
                break;
            case { } kind:
                throw new CaseFormatException($"there is no use for deleting a {kind}");
            case null:
                throw new CaseFormatException($"there is no kind in {document}");
        }
    }

    /// <summary>Does what a step does. Where kube-proxy synced more than once, it heard of the first change alone, then of the others.</summary>
    /// <param name="step">What is done.</param>
    /// <param name="syncs">How often kube-proxy synced.</param>
    /// <param name="sync">Called for each time.</param>
    public void Replay(GoldenStep step, int syncs, Action sync)
    {
        int done = 0;
        for (int i = 1; i <= syncs; i++)
        {
            int until = i == syncs ? step.Actions.Count : Math.Min(i, step.Actions.Count);
            Do(step, ref done, until);
            sync();
            Touched.Clear();
        }

        ServiceTable before = Table;
        Do(step, ref done, step.Actions.Count);
        ReferenceEquals(Table, before).Should().BeTrue("kube-proxy did not sync for what step {0} changes: {1}", step.Number, step.Title);
    }

    private void Do(GoldenStep step, ref int done, int until)
    {
        for (; done < until; done++)
        {
            step.Actions[done](this);
        }
    }

    private void Put(Node node)
    {
        if (node.Metadata.Name != _nodeName)
        {
            return;
        }

        string? zone = node.Metadata.Labels[WellKnownLabels.Zone];
        if (_node is not null)
        {
            _node.Zone = zone;
            return;
        }

        IpAddress[] primary = [.. node.Status.Addresses.Where(address => address.Type == "InternalIP").Select(address => IpAddress.Parse(address.Address))];
        IpAddress[] others = [.. _interfaces.Select(text => IpAddress.Parse(text.Split('/')[0])).Where(address => !address.IsLoopback && !primary.Contains(address))];
        var queue = new EventQueue();
        var network = new Network(queue, new RunLog(queue), new DeterministicRandom(1));
        _node = network.AddNode(_nodeName, [.. primary, .. others], [.. node.Spec.PodCIDRs.Select(Cidr.Parse)], zone);
        _node.ProxySettings = _configuration.Settings;
    }

    private void AddServiceCidrs(JsonValue document)
    {
        NetworkNode node = Node;
        IEnumerable<Cidr> cidrs = document["spec"]!["cidrs"]!.Items.Select(text => Cidr.Parse(text.Text!));
        node.ProxySettings = node.ProxySettings with { ServiceCidrs = [.. node.ProxySettings.ServiceCidrs, .. cidrs] };
    }
}
