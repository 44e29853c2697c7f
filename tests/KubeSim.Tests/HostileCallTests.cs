using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.LoadBalancing;
using KubeSim.Manifests;
using KubeSim.Measurement;
using KubeSim.Simulation;
using KubeSim.Tracing;

namespace KubeSim.Tests;

/// <summary>
/// Every call that takes text or numbers, given what nobody means: it is refused with an exception that names the argument or field, or answered as data, and
/// the cluster is as before. Foreign exceptions (null references, indexes, overflows) fail.
/// </summary>
public sealed class HostileCallTests
{
    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web }
        spec:
          selector: { matchLabels: { app: web } }
          template:
            metadata: { labels: { app: web } }
            spec: { containers: [ { name: web, image: web, ports: [ { containerPort: 80 } ] } ] }
        """;

    private Cluster _cluster = null!;
    private PodHandle _client = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _cluster = Cluster.Create();
        _client = _cluster.RunPod("client", port: 80);
        _cluster.Apply(Web);
        _cluster.Expose("deployment/web", port: 80);
    }

    [OneTimeTearDown]
    public void Stop() => _cluster.Dispose();

    /// <summary>A call with one hostile text in it, and what its refusal may name.</summary>
    private static readonly (string Call, Action<Cluster, PodHandle, string> Ask, string[] Names)[] Texts =
    [
        ("Expose target", (cluster, _, text) => cluster.Expose(text), ["target"]),
        ("Expose pod/", (cluster, _, text) => cluster.Expose("pod/" + text), ["target", "pods"]),
        ("Expose type", (cluster, _, text) => cluster.Expose("deployment/web", name: "web", type: text), ["spec.type", "\"web\""]),
        ("Expose name", (cluster, _, text) => cluster.Expose("deployment/web", name: text, port: 0), ["metadata.name", "spec.ports[0].port"]),
        ("Expose targetPort", (cluster, _, text) => cluster.Expose("deployment/web", name: "web", targetPort: text), ["targetPort", "text", "\"web\""]),
        ("Expose protocol", (cluster, _, text) => cluster.Expose("deployment/web", name: "web", protocol: text), ["spec.ports[0].protocol", "\"web\""]),
        ("Expose sessionAffinity", (cluster, _, text) => cluster.Expose("deployment/web", name: "web", sessionAffinity: text), ["session affinity", "\"web\""]),
        ("Expose clusterIP", (cluster, _, text) => cluster.Expose("deployment/web", name: "web", clusterIP: text), ["spec.clusterIP", "\"web\""]),
        ("Expose inNamespace", (cluster, _, text) => cluster.Expose("deployment/web", inNamespace: text), ["inNamespace", "deployments.apps"]),
        ("Scale target", (cluster, _, text) => cluster.Scale(text, 1), ["target"]),
        ("Scale deployment/", (cluster, _, text) => cluster.Scale("deployment/" + text, 1), ["target", "deployments.apps"]),
        ("Scale inNamespace", (cluster, _, text) => cluster.Scale("deployment/web", 1, text), ["inNamespace", "deployments.apps"]),
        ("Delete target", (cluster, _, text) => cluster.Delete(text), ["target"]),
        ("Delete pod/", (cluster, _, text) => cluster.Delete("pod/" + text), ["target", "pods"]),
        ("Delete inNamespace", (cluster, _, text) => cluster.Delete("pod/client", inNamespace: text), ["inNamespace", "pods"]),
        ("Get target", (cluster, _, text) => cluster.Get(text), ["target"]),
        ("Get pod/", (cluster, _, text) => cluster.Get("pod/" + text), ["target", "pods"]),
        ("Get selector", (cluster, _, text) => cluster.Get("pods", text), ["found", "parse", "key", "name part", "prefix part", "values"]),
        ("Get output", (cluster, _, text) => cluster.Get("pods", output: text), ["output"]),
        ("JsonValue.Parse", (_, _, text) => JsonValue.Parse(text), ["JSON", "json"]),
        ("Manifest.Parse", (_, _, text) => Manifest.Parse(text), ["text", "YAML", "JSON", "expected", "line"]),
        ("Get inNamespace", (cluster, _, text) => cluster.Get("pods", inNamespace: text), ["inNamespace"]),
        ("RunPod name", (cluster, _, text) => cluster.RunPod(text, port: 0), ["name", "containerPort"]),
        ("RunPod node", (cluster, _, text) => cluster.RunPod("new", node: text, port: 0), ["node", "containerPort"]),
        ("RunPod image", (cluster, _, text) => cluster.RunPod("new", image: text, port: 0), ["image", "containerPort"]),
        ("RunPod labels", (cluster, _, text) => cluster.RunPod("new", labels: text, port: 0), ["labels", "containerPort"]),
        ("RunPod inNamespace", (cluster, _, text) => cluster.RunPod("new", inNamespace: text, port: 0), ["namespace", "inNamespace"]),
        ("Pod", (cluster, _, text) => cluster.Pod(text), ["text", "pods"]),
        ("Pod of parts", (cluster, _, text) => cluster.Pod(new NamespacedName(text, text)), ["pods"]),
        ("Pods labelSelector", (cluster, _, text) => cluster.Pods(text), ["found", "parse", "key", "name part", "prefix part", "values"]),
        ("Pods inNamespace", (cluster, _, text) => cluster.Pods(null, text), ["inNamespace"]),
        ("Node", (cluster, _, text) => cluster.Node(text), ["name"]),
        ("External", (cluster, _, text) => cluster.External(text), ["address"]),
        ("Frontends", (cluster, _, text) => cluster.Frontends(text), ["text", "services"]),
        ("Apply", (cluster, _, text) => cluster.Apply(text), ["manifest", "line", "(1,", ":1"]),
        ("ApplyFile", (cluster, _, text) => cluster.ApplyFile(text), ["path", "file"]),
        ("Connect", (_, client, text) => client.Connect(text).Dispose(), ["target"]),
        ("Connect :80", (_, client, text) => client.Connect(text + ":80").Dispose(), ["target"]),
        ("ConnectMany", (_, client, text) => client.ConnectMany(text, 1), ["target"]),
        ("Trace", (_, client, text) => client.Trace(text), ["target"]),
        ("Trace :80", (_, client, text) => client.Trace(text + ":80"), ["target"]),
        ("Resolve", (_, client, text) => client.Resolve(text), ["name"]),
        ("Reach", (cluster, client, text) => cluster.Reach([client], [text]), ["target", "to"]),
        ("Reachability", (cluster, client, text) => _ = cluster.Reach([client], ["web:80"])[text, text], ["source"]),
        ("LabelSet.Parse", (_, _, text) => LabelSet.Parse(text), ["text", "label"]),
        ("LabelSet.Of", (_, _, text) => LabelSet.Of(text, text), ["labels"]),
        ("LabelSet.With", (_, _, text) => LabelSet.Of("a", "b").With("a", text).With(text, "a"), ["labels"]),
        ("LabelSet look-ups", (_, _, text) => _ = LabelSet.Of("a", "b").ContainsKey(text) || LabelSet.Of("a", "b").TryGetValue(text, out string? _), []),
        ("NamespacedName.Parse", (_, _, text) => NamespacedName.Parse(text), ["text"]),
        ("IpAddress.Parse", (_, _, text) => IpAddress.Parse(text), ["text", "IP address"]),
        ("IpPort.Parse", (_, _, text) => IpPort.Parse(text), ["text", "address with a port"]),
        ("Cidr.Parse", (_, _, text) => Cidr.Parse(text), ["text", "CIDR"]),
        ("IntOrString", (_, _, text) => _ = new IntOrString(text), ["text"]),
        ("JsonValue.OfText", (_, _, text) => JsonValue.OfText(text), ["text"]),
        ("JsonValue member", (_, _, text) => _ = JsonValue.Null[text], []),
        ("ResourceType", (_, _, text) => _ = new ResourceType(text, "v1", "Thing", "things", true), ["Group"]),
        ("LoadBalancerPolicy.From", (_, _, text) => LoadBalancerPolicy.From(text, () => null!), ["name"]),
        ("DeterministicRandom.Fork", (_, _, text) => new DeterministicRandom(1).Fork(text), ["name"]),
        ("Api.Get", (cluster, _, text) => cluster.Api.Get<Service>(text), ["text", "services"]),
        ("Api.Find", (cluster, _, text) => cluster.Api.Find<Service>(new NamespacedName(text, text)), []),
        ("Api.List label selector", (cluster, _, text) => cluster.Api.List<Pod>(new() { LabelSelector = text }), ["found", "parse", "key", "name part", "prefix part", "values"]),
        ("Api.List field selector", (cluster, _, text) => cluster.Api.List<Pod>(new() { FieldSelector = text }), ["selector", "field"]),
        ("Api.List namespace", (cluster, _, text) => cluster.Api.List<Pod>(new() { Namespace = text }), []),
        ("Api.Watch version", (cluster, _, text) => cluster.Api.Watch<Pod>(new() { ResourceVersion = text }).Subscribe(_ => { }).Dispose(), ["resource version", "resourceVersion"]),
        ("Api.Create name", (cluster, _, text) => cluster.Api.Create(new Pod { Metadata = new() { Name = text } }), ["metadata.name", "Metadata.Name", "spec.containers"]),
        ("Api.Create namespace", (cluster, _, text) => cluster.Api.Create(new Pod { Metadata = new() { Name = "new", Namespace = text } }), ["namespaces", "Metadata.Namespace", "spec.containers"]),
        ("Api.Delete propagation", (cluster, _, text) => cluster.Api.Delete<Pod>("nobody", new() { PropagationPolicy = text }), ["propagationPolicy", "pods"]),
        ("Api.Delete uid", (cluster, _, text) => cluster.Api.Delete<Pod>("client", new() { Uid = text ?? "" }), ["UID"]),
        ("Api.Delete version", (cluster, _, text) => cluster.Api.Delete<Pod>("client", new() { ResourceVersion = text ?? "" }), ["ResourceVersion"]),
        ("NodeOptions.Zone", (_, _, text) => Cluster.Create(new ClusterOptions { Nodes = [new("a") { Zone = text }] }).Dispose(), ["ClusterOptions.Nodes[0].Zone"]),
        ("NodeOptions.Labels", (_, _, text) => Cluster.Create(new ClusterOptions { Nodes = [new("a") { Labels = LabelSet.Of(text, text) }] }).Dispose(), ["ClusterOptions.Nodes[0].Labels", "labels"]),
        ("ClusterDomain", (_, _, text) => Cluster.Create(new ClusterOptions { ClusterDomain = text }).Dispose(), ["ClusterOptions.ClusterDomain"]),
        ("LoadBalancerAddresses", (_, _, text) => Cluster.Create(new ClusterOptions { LoadBalancerAddresses = [text] }).Dispose(), ["ClusterOptions.LoadBalancerAddresses[0]"]),
    ];

    private static IEnumerable<TestCaseData> HostileTextCalls() =>
        from row in Texts from text in HostileTexts.All select new TestCaseData(row.Ask, row.Names, text).SetArgDisplayNames(row.Call, HostileTexts.Shown(text));

    [TestCaseSource(nameof(HostileTextCalls))]
    public void A_hostile_text_is_refused_by_name_or_answered(Action<Cluster, PodHandle, string> ask, string[] names, string? text)
    {
        string? version = Version();
        try
        {
            ask(_cluster, _client, text!);
        }
        catch (Exception refusal) when (IsOurs(refusal))
        {
            names.Any(name => refusal.Message.Contains(name, StringComparison.Ordinal)).Should().BeTrue("the message '{0}' names one of {1}", Start(refusal.Message), string.Join(", ", names));
        }

        Version().Should().Be(version, "nothing was created, changed or deleted");
        _cluster.Api.Get<Pod>("client").Should().NotBeNull("the cluster goes on");
    }

    /// <summary>Numbers, times and nothing at all, with the exception and the name that it must have.</summary>
    private static IEnumerable<TestCaseData> Refused()
    {
        static TestCaseData Row<TException>(string call, string name, Action<Cluster, PodHandle> ask)
            where TException : Exception => new TestCaseData(typeof(TException), name, ask).SetArgDisplayNames(call);

        yield return Row<ApiException>("Expose port -1", "spec.ports[0].port", (cluster, _) => cluster.Expose("deployment/web", port: -1));
        yield return Row<ApiException>("Expose port max", "spec.ports[0].port", (cluster, _) => cluster.Expose("deployment/web", port: int.MaxValue));
        yield return Row<ApiException>("Expose targetPort 65536", "spec.ports[0].targetPort", (cluster, _) => cluster.Expose("deployment/web", targetPort: 65_536));
        yield return Row<ArgumentNullException>("Expose of no cluster", "cluster", (_, _) => KubectlVerbs.Expose(null!, "pod/web"));
        yield return Row<ArgumentNullException>("Scale of no cluster", "cluster", (_, _) => KubectlVerbs.Scale(null!, "pod/web", 1));
        yield return Row<ArgumentNullException>("Delete of no cluster", "cluster", (_, _) => KubectlVerbs.Delete(null!, "pod/web"));
        yield return Row<ArgumentNullException>("Get of no cluster", "cluster", (_, _) => KubectlVerbs.Get(null!, "pods"));
        yield return Row<ArgumentOutOfRangeException>("Scale -1", "replicas", (cluster, _) => cluster.Scale("deployment/web", -1));
        yield return Row<ApiException>("Scale max", "spec.replicas", (cluster, _) => cluster.Scale("deployment/web", int.MaxValue));
        yield return Row<ArgumentOutOfRangeException>("Delete after max", "gracePeriodSeconds", (cluster, _) => cluster.Delete("pod/client", long.MaxValue));
        yield return Row<ArgumentOutOfRangeException>("Delete after min", "gracePeriodSeconds", (cluster, _) => cluster.Delete("pod/client", long.MinValue));
        yield return Row<ApiException>("RunPod port -1", "containerPort", (cluster, _) => cluster.RunPod("new", port: -1));
        yield return Row<ApiException>("RunPod port max", "containerPort", (cluster, _) => cluster.RunPod("new", port: int.MaxValue));
        yield return Row<ArgumentNullException>("At of nothing", "action", (cluster, _) => cluster.At(TimeSpan.Zero, null!));
        yield return Row<ArgumentOutOfRangeException>("At -1 tick", "elapsed", (cluster, _) => cluster.At(TimeSpan.FromTicks(-1), () => { }));
        yield return Row<ArgumentOutOfRangeException>("At max", "elapsed", (cluster, _) => cluster.At(TimeSpan.MaxValue, () => { }));
        yield return Row<ArgumentOutOfRangeException>("Advance -1 tick", "by", (cluster, _) => cluster.Clock.Advance(TimeSpan.FromTicks(-1)));
        yield return Row<ArgumentOutOfRangeException>("Advance max", "by", (cluster, _) => cluster.Clock.Advance(TimeSpan.MaxValue));
        yield return Row<ArgumentOutOfRangeException>("AdvanceTo min", "elapsed", (cluster, _) => cluster.Clock.AdvanceTo(TimeSpan.MinValue));
        yield return Row<ArgumentOutOfRangeException>("AdvanceTo max", "elapsed", (cluster, _) => cluster.Clock.AdvanceTo(TimeSpan.MaxValue));
        yield return Row<ArgumentOutOfRangeException>("CreateTimer -2 ms", "dueTime", (cluster, _) => cluster.Clock.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(-2), TimeSpan.Zero));
        yield return Row<ArgumentOutOfRangeException>("ConnectMany -1", "count", (_, client) => client.ConnectMany("web:80", -1));
        yield return Row<ArgumentOutOfRangeException>("BeginTermination -1 tick", "grace", (_, client) => client.BeginTermination(TimeSpan.FromTicks(-1)));
        yield return Row<ArgumentOutOfRangeException>("BeginTermination max", "grace", (_, client) => client.BeginTermination(TimeSpan.MaxValue));
        yield return Row<ArgumentOutOfRangeException>("Connect to port 0", "destination", (_, client) => client.Connect(default(IpPort)));
        yield return Row<ArgumentOutOfRangeException>("Connect by no protocol", "protocol", (_, client) => client.Connect(new IpPort(default, 1), (TransportProtocol)77));
        yield return Row<ArgumentOutOfRangeException>("Trace to port 0", "destination", (_, client) => client.Trace(default(IpPort)));
        yield return Row<ArgumentOutOfRangeException>("Trace by no protocol", "protocol", (_, client) => client.Trace(new IpPort(default, 1), (TransportProtocol)77));
        yield return Row<ArgumentNullException>("Reach from nothing", "from", (cluster, _) => cluster.Reach(null!, ["web:80"]));
        yield return Row<ArgumentNullException>("Reach to nothing", "to", (cluster, client) => cluster.Reach([client], (string[])null!));
        yield return Row<ArgumentNullException>("Reach to no frontends", "to", (cluster, client) => cluster.Reach([client], (Frontend[])null!));
        yield return Row<ArgumentOutOfRangeException>("Reachability -1", "source", (cluster, client) => _ = cluster.Reach([client], ["web:80"])[-1, 0]);
        yield return Row<ArgumentOutOfRangeException>("Reachability max", "target", (cluster, client) => _ = cluster.Reach([client], ["web:80"])[0, int.MaxValue]);
        yield return Row<ArgumentOutOfRangeException>("LoadReport.Count -1", "outcome", (_, client) => client.ConnectMany("web:80", 0).Count((ConnectionOutcome)(-1)));
        yield return Row<ArgumentOutOfRangeException>("LoadReport.Count 99", "outcome", (_, client) => client.ConnectMany("web:80", 0).Count((ConnectionOutcome)99));
        yield return Row<ArgumentOutOfRangeException>("Create -1", "nodes", (_, _) => Cluster.Create(-1));
        yield return Row<ArgumentOutOfRangeException>("Create max", "nodes", (_, _) => Cluster.Create(int.MaxValue));
        yield return Row<ArgumentNullException>("Create of nothing", "options", (_, _) => Cluster.Create(null!));
        yield return Row<ArgumentException>("Create with a delay of max", "ClusterOptions.Delays.ProxySync", (_, _) => Cluster.Create(new ClusterOptions { Delays = new() { ProxySync = TimeSpan.MaxValue } }));
        yield return Row<ArgumentException>("Create at the end of time", "ClusterOptions.StartTime", (_, _) => Cluster.Create(new ClusterOptions { StartTime = DateTimeOffset.MaxValue }));
        yield return Row<ArgumentException>("Create over everything", "ClusterOptions.ServiceCidr", (_, _) => Cluster.Create(new ClusterOptions { PodCidr = default, LoadBalancerAddresses = [] }));
        yield return Row<ArgumentException>("Create at 0.0.0.0", "ClusterOptions.Nodes[0].Address", (_, _) => Cluster.Create(new ClusterOptions { Nodes = [new("a") { Address = default(IpAddress) }] }));
        yield return Row<ArgumentException>("Create at a load balancer", "ClusterOptions.Nodes[0].Address", (_, _) => Cluster.Create(new ClusterOptions { Nodes = [new("a") { Address = IpAddress.Parse("198.51.100.1") }] }));
        yield return Row<ArgumentException>("Create load balancers among Pods", "ClusterOptions.LoadBalancerAddresses[0]", (_, _) => Cluster.Create(new ClusterOptions { LoadBalancerAddresses = ["10.244.0.0/24"] }));
        yield return Row<ArgumentException>("Create load balancers among Services", "ClusterOptions.LoadBalancerAddresses[0]", (_, _) => Cluster.Create(new ClusterOptions { LoadBalancerAddresses = ["10.0.0.0-10.255.255.255"] }));
        yield return Row<ArgumentOutOfRangeException>("IpPort -1", "port", (_, _) => _ = new IpPort(default, -1));
        yield return Row<ArgumentOutOfRangeException>("Cidr /-1", "prefixLength", (_, _) => _ = new Cidr(default, -1));
        yield return Row<ArgumentOutOfRangeException>("Cidr /33", "prefixLength", (_, _) => Cidr.Around(default, 33));
        yield return Row<ArgumentOutOfRangeException>("Cidr place max", "index", (_, _) => _ = Cidr.Parse("10.0.0.0/8")[long.MaxValue]);
        yield return Row<ArgumentNullException>("FromIPAddress of nothing", "address", (_, _) => IpAddress.FromIPAddress(null!));
        yield return Row<ArgumentOutOfRangeException>("NextInt32 0", "exclusiveBound", (_, _) => new DeterministicRandom(1).NextInt32(0));
        yield return Row<ArgumentOutOfRangeException>("NextInt64 min", "exclusiveBound", (_, _) => new DeterministicRandom(1).NextInt64(long.MinValue));
        yield return Row<ArgumentNullException>("Events to nobody", "observer", (cluster, _) => cluster.Events.Subscribe(null!));
        yield return Row<ArgumentNullException>("Watch by nobody", "observer", (cluster, _) => cluster.Api.Watch<Pod>().Subscribe(null!));
        yield return Row<ArgumentNullException>("Apply of nothing", "objects", (cluster, _) => cluster.Apply((IReadOnlyList<KubernetesObject>)null!));
        yield return Row<ArgumentException>("Apply of a nameless one", "objects[1].Metadata.Name", (cluster, _) => cluster.Apply(new Namespace { Metadata = new() { Name = "new" } }, new Namespace { Metadata = new() { Name = null! } }));
        yield return Row<ArgumentNullException>("Api.Create of nothing", "value", (cluster, _) => cluster.Api.Create<Pod>(null!));
        yield return Row<ArgumentException>("Api.Create without metadata", "value.Metadata", (cluster, _) => cluster.Api.Create(new Pod { Metadata = null! }));
        yield return Row<ArgumentException>("Create without spec", "value: spec is null", (cluster, _) => cluster.Api.Create(new Service { Metadata = new() { Name = "x" }, Spec = null! }));
        yield return Row<ArgumentException>("Create with no port", "value: spec.ports[1] is null", (cluster, _) => cluster.Api.Create(new Service { Metadata = new() { Name = "x" }, Spec = new() { Ports = [new(), null!] } }));
        yield return Row<ArgumentException>("Create with no address", "value: spec.externalIPs[0] is null", (cluster, _) => cluster.Api.Create(new Service { Metadata = new() { Name = "x" }, Spec = new() { ExternalIPs = [null!] } }));
        yield return Row<ArgumentException>("Create Pod without spec", "value: spec is null", (cluster, _) => cluster.Api.Create(new Pod { Metadata = new() { Name = "x" }, Spec = null! }));
        yield return Row<ArgumentException>("Create Pod with no container", "value: spec.containers[0] is null", (cluster, _) => cluster.Api.Create(new Pod { Metadata = new() { Name = "x" }, Spec = new() { Containers = [null!] } }));
        yield return Row<ArgumentException>("Create container without name", "value: spec.containers[0].name is null", (cluster, _) => cluster.Api.Create(new Pod { Metadata = new() { Name = "x" }, Spec = new() { Containers = [new() { Name = null! }] } }));
        yield return Row<ArgumentException>("Create without template", "value: spec.template is null", (cluster, _) => cluster.Api.Create(new Deployment { Metadata = new() { Name = "x" }, Spec = new() { Template = null! } }));
        yield return Row<ArgumentException>("Create with no endpoint", "value: endpoints[0] is null", (cluster, _) => cluster.Api.Create(new EndpointSlice { Metadata = new() { Name = "x" }, Endpoints = [null!] }));
        yield return Row<ArgumentException>("Replace with no status", "value: status.loadBalancer is null", (cluster, _) => cluster.Api.ReplaceStatus(new Service { Metadata = new() { Name = "web" }, Status = new() { LoadBalancer = null! } }));
        yield return Row<ArgumentException>("Apply with no port", "objects[0]: spec.ports[0] is null", (cluster, _) => cluster.Apply(new Service { Metadata = new() { Name = "x" }, Spec = new() { Ports = [null!] } }));
        yield return Row<ArgumentException>("Manifest of no port", "value: spec.ports[0] is null", (_, _) => Manifest.ToYaml(new Service { Spec = new() { Ports = [null!] } }));
        yield return Row<ArgumentException>("Unstructured Service", "resource", (_, _) => _ = new UnstructuredObject(ResourceType.Service));
        yield return Row<ArgumentException>("JSON list of nothing", "items", (_, _) => JsonValue.OfList([null!]));
        yield return Row<ArgumentException>("JSON member of nothing", "fields", (_, _) => JsonValue.OfObject([new("a", null!)]));
        yield return Row<ArgumentNullException>("Api.Replace of nothing", "value", (cluster, _) => cluster.Api.Replace<Pod>(null!));
        yield return Row<ArgumentNullException>("Api.ReplaceStatus of nothing", "value", (cluster, _) => cluster.Api.ReplaceStatus<Pod>(null!));
        yield return Row<ArgumentNullException>("Api.Patch of nothing", "mergePatch", (cluster, _) => cluster.Api.Patch<Pod>("client", null!));
        yield return Row<ArgumentNullException>("Api.Find of no resource", "resource", (cluster, _) => cluster.Api.Find(null!, "client"));
        yield return Row<ArgumentNullException>("Api.List of no resource", "resource", (cluster, _) => cluster.Api.List(null!));
        yield return Row<ArgumentNullException>("Api.Delete of no resource", "resource", (cluster, _) => cluster.Api.Delete(null!, "client"));
        foreach (string taken in (string[])["10.244.1.1", "10.96.0.77", "192.168.0.1", "198.51.100.7", "0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "ff02::1"])
        {
            yield return Row<ArgumentException>($"External {taken}", "address", (cluster, _) => cluster.External(taken));
        }
    }

    [TestCaseSource(nameof(Refused))]
    public void A_hostile_number_or_nothing_is_refused_by_name(Type exception, string name, Action<Cluster, PodHandle> ask)
    {
        string? version = Version();

        Exception refusal = FluentActions.Invoking(() => ask(_cluster, _client)).Should().Throw<Exception>().Which;

        refusal.GetType().Should().Be(exception, "{0}", refusal);
        refusal.Message.Should().Contain(name);
        if (refusal is ArgumentException { ParamName: { } parameter }) name.Should().Contain(parameter.Split('[')[0].Split('.')[0]);
        Version().Should().Be(version);
    }

    [Test]
    public void What_was_refused_left_no_trace_in_the_run()
    {
        using var refused = Cluster.Create();
        using var quiet = Cluster.Create();
        foreach (Action<Cluster> ask in (Action<Cluster>[])[cluster => cluster.RunPod("x", port: 0), cluster => cluster.External("10.244.1.1"), cluster => cluster.Scale("deployment/x", 1), cluster => cluster.At(TimeSpan.MinValue, () => { })])
        {
            FluentActions.Invoking(() => ask(refused)).Should().Throw<Exception>();
        }

        refused.Fingerprint().Should().Be(quiet.Fingerprint());
    }

    /// <summary>What the documentation names; anything else is a fault of ours.</summary>
    private static bool IsOurs(Exception exception) =>
        exception is ArgumentException or FormatException or ManifestException or IOException or UnauthorizedAccessException or InvalidOperationException { InnerException: null }
        || exception is ApiException { Status.Reason: not "InternalError" };

    private string? Version() => string.Join(' ', _cluster.Api.List<Service>().Select(Told).Concat(_cluster.Api.List<Pod>().Select(Told)).Concat(_cluster.Api.List<Deployment>().Select(Told)));

    private static string Told(KubernetesObject value) => $"{value.Kind}/{value.Name}@{value.Metadata.ResourceVersion}";

    private static string Start(string message) => message.Length <= 200 ? message : message[..200];
}
