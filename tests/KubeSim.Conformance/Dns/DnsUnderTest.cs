using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Conformance.Reading;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Dns;
using KubeSim.Simulation;

namespace KubeSim.Conformance.Dns;

/// <summary>The DNS server of a case, fed with objects by hand.</summary>
internal sealed class DnsUnderTest
{
    private readonly Dictionary<(ResourceType Resource, NamespacedName Name), KubernetesObject> _objects = [];

    private DnsUnderTest(CaseNode config)
    {
        Upstream = new ScriptedNameServer(config);
        Server = new DnsServer(Queue, new DeterministicRandom(1), DnsConfiguration.Read(config), Upstream);
        INameServer server = Server;
        foreach (CaseNode cache in config.Find("caches")?.Items.Reverse() ?? [])
        {
            var made = new AnswerCache(Queue, DnsConfiguration.ReadCache(cache), server);
            Caches.Add((cache["name"].Text, made));
            server = made;
        }

        Front = server;
    }

    public EventQueue Queue { get; } = new();

    public DnsServer Server { get; }

    public ScriptedNameServer Upstream { get; }

    /// <summary>Whom clients ask: the server, or the cache that is nearest to them.</summary>
    public INameServer Front { get; }

    /// <summary>The caches by their names, that next to the server first.</summary>
    public List<(string Name, AnswerCache Cache)> Caches { get; } = [];

    /// <summary>The server of a case's <c>config</c>, knowing its <c>objects</c>.</summary>
    public static DnsUnderTest Read(CaseNode node)
    {
        var world = new DnsUnderTest(node["config"]);
        world.Apply(node.Find("objects"));
        if (node.Find("endpointSlicesFromController")?.Boolean == true)
        {
            world.MakeSlices();
        }

        world.Server.Serial = node["config"].Find("serial")?.Number ?? world.Server.Serial;
        world.Server.IsSynced = node["config"].Find("synced")?.Boolean ?? true;
        return world;
    }

    public void Apply(CaseNode? objects)
    {
        foreach (CaseNode one in objects?.Items ?? [])
        {
            Put(KubernetesObjects.Read(one), one);
        }
    }

    /// <summary>Takes objects out, given by kind, namespace and name.</summary>
    public void Delete(CaseNode? references)
    {
        foreach (CaseNode one in references?.Items ?? [])
        {
            (string kind, var name) = (one["kind"].Text, new NamespacedName(one.Find("namespace")?.Text ?? "", one["name"].Text));
            KubernetesObject gone = _objects.Values.FirstOrDefault(value => value.Kind == kind && value.Name == name) ?? throw one.Wrong("is not there");
            _objects.Remove((gone.Resource, gone.Name));
            Tell(WatchEventType.Deleted, gone, gone, one);
        }
    }

    private void Put(KubernetesObject value, CaseNode? where)
    {
        KubernetesObject? before = _objects.GetValueOrDefault((value.Resource, value.Name));
        _objects[(value.Resource, value.Name)] = value;
        Tell(before is null ? WatchEventType.Added : WatchEventType.Modified, value, before, where);
    }

    private void Tell(WatchEventType type, KubernetesObject value, KubernetesObject? before, CaseNode? where)
    {
        switch (value)
        {
            case Namespace space:
                Server.Apply(new ObjectChange<Namespace>(type, space, (Namespace?)before));
                break;
            case Service service:
                Server.Apply(new ObjectChange<Service>(type, service, (Service?)before));
                break;
            case EndpointSlice slice:
                Server.Apply(new ObjectChange<EndpointSlice>(type, slice, (EndpointSlice?)before));
                break;
            case Pod pod:
                Server.Apply(new ObjectChange<Pod>(type, pod, (Pod?)before));
                break;
            case Node:
                break; // known to the controller of EndpointSlices only
            default:
                throw where!.Wrong($"is a {value.Kind}, which the DNS server does not watch");
        }
    }

    /// <summary>The slices that the controller makes of the Services and Pods.</summary>
    private void MakeSlices()
    {
        foreach (Service service in _objects.Values.OfType<Service>().Where(EndpointSliceReconciler.IsFor).ToArray())
        {
            Pod[] pods = [.. _objects.Values.OfType<Pod>().Where(pod => pod.Metadata.Namespace == service.Metadata.Namespace
                && service.Spec.Selector.All(label => pod.Metadata.Labels[label.Key] == label.Value)).OrderBy(pod => pod.Name)];
            var reconciler = new EndpointSliceReconciler(service, name => _objects.GetValueOrDefault((ResourceType.Node, new("", name))) as Node, EndpointSliceController.DefaultMaxEndpointsPerSlice);
            foreach (EndpointSlice slice in reconciler.Reconcile(pods, []).Creates)
            {
                Put(slice with { Metadata = slice.Metadata with { Name = $"{slice.Metadata.GenerateName}{_objects.Count}" } }, null);
            }
        }
    }
}
