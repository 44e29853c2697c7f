using System.Globalization;
using System.Runtime.CompilerServices;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.ApiServer.Printing;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Measurement;
using KubeSim.Simulation;

namespace KubeSim;

/// <summary>
/// A Kubernetes cluster in this process: an API server, its controllers, DNS, a kubelet and a kube-proxy on each node, load balancers, and the network
/// between them. Time stands still until <see cref="Clock"/> is advanced; when a call returns, everything that follows from it at this instant has
/// happened. Two clusters know nothing of each other. A cluster belongs to one thread at a time.
/// </summary>
public sealed class Cluster : IDisposable
{
    /// <summary>After how many events waiting for idle is given up: more than any honest run, a second or so of computing.</summary>
    private const int MostEvents = 1_000_000;

    private readonly CallGate _gate;
    private readonly EventQueue _queue = new();
    private readonly ControlPlane _controlPlane;
    private readonly SortedDictionary<string, ExternalHost> _hosts = new(StringComparer.Ordinal);
    private readonly RunLog _log;

    private Cluster(ClusterOptions options)
    {
        Options = options;
        _gate = new CallGate(_queue);
        _log = new RunLog(_queue);
        Clock = new VirtualClock(_queue, options.StartTime, target => _gate.Run(() =>
        {
            _queue.AdvanceTo(target);
            return true;
        }));
        var random = new DeterministicRandom(options.Seed);
        _controlPlane = new ControlPlane(options with { LoadBalancer = options.LoadBalancer?.Guarded(_gate.IsFault) }, _queue, Clock, random, _log);
        Network = _controlPlane.Network;
        Machines = _controlPlane.Machines;
        Dialler = new Dialler(this, Network, _controlPlane.Resolvers);
        Api = new GatedApiClient(_gate, Server);
        Events = _gate.Guard(_log.Events);
        _gate.Ask(() => _controlPlane.Start());
    }

    /// <summary>What the cluster was made of.</summary>
    public ClusterOptions Options { get; }

    /// <summary>The seed from which every random choice follows.</summary>
    public ulong Seed => Options.Seed;

    /// <summary>The cluster's time: advance it by hand, or give it to code under test as its <see cref="TimeProvider"/>.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The API server.</summary>
    public IApiClient Api { get; }

    /// <summary>What the components do, line by line, from now on; completes when the cluster is disposed.</summary>
    public IObservable<ClusterEvent> Events { get; }

    /// <summary>When the next event is due, as time since the start; null when nothing is pending.</summary>
    public TimeSpan? PeekNext => _queue.NextDue;

    internal KubeApiServer Server => _controlPlane.Server;

    internal Network Network { get; }

    internal Machines Machines { get; }

    internal Dialler Dialler { get; }

    /// <summary>Makes a cluster of nodes <c>node-1</c>, <c>node-2</c> …</summary>
    /// <param name="nodes">How many: 0 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nodes"/> is outside that range.</exception>
    public static Cluster Create(int nodes = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nodes, 255);
        return Create(new ClusterOptions { Nodes = [.. Enumerable.Range(1, nodes).Select(number => new NodeOptions($"node-{number}"))] });
    }

    /// <summary>Makes a cluster.</summary>
    /// <param name="options">What it is made of.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is not acceptable; the message names it.</exception>
    public static Cluster Create(ClusterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ClusterOptionsCheck.Throw(options);
        return new Cluster(options);
    }

    /// <summary>Applies a manifest as <c>kubectl apply -f</c> does: what is new is created, what is there is changed to what the manifest says.</summary>
    /// <param name="manifest">YAML, of one or several documents, or JSON.</param>
    /// <returns>What became of each object; a warning where there is none.</returns>
    /// <exception cref="Manifests.ManifestException">It cannot be read; nothing was applied.</exception>
    /// <exception cref="ApiException">The server refuses an object; nothing was applied.</exception>
    public ApplyResult Apply(string manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return Ask(() => Applier.Apply(Server, manifest, null, Options.StrictManifests));
    }

    /// <summary>Applies a manifest file.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="Manifests.ManifestException">It holds no manifest; nothing was applied.</exception>
    /// <exception cref="ApiException">The server refuses an object; nothing was applied.</exception>
    public ApplyResult ApplyFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string manifest = File.ReadAllText(path);
        return Ask(() => Applier.Apply(Server, manifest, path, Options.StrictManifests));
    }

    /// <summary>Applies objects made in C#.</summary>
    /// <param name="objects">The objects, in order.</param>
    /// <exception cref="ArgumentException">An object is null, or there is null in it where there must be something; the message names the field.</exception>
    /// <exception cref="ApiException">The server refuses an object; nothing was applied.</exception>
    public ApplyResult Apply(params IReadOnlyList<KubernetesObject> objects)
    {
        KubernetesObject[] wanted = WithoutNull(objects);
        for (int i = 0; i < wanted.Length; i++)
        {
            GatedApiClient.ThrowIfIncomplete(wanted[i], string.Create(CultureInfo.InvariantCulture, $"{nameof(objects)}[{i}]"));
        }

        return Ask(() => Applier.Apply(Server, wanted));
    }

    /// <summary><c>kubectl run</c>: creates a Pod with one container and the label <c>run</c>, and returns it to stand in.</summary>
    /// <param name="name">The Pod's name.</param>
    /// <param name="node">The node it is to run on; by default the scheduler chooses.</param>
    /// <param name="image">The container's image.</param>
    /// <param name="port">The port the container declares and listens on, 1 to 65535; by default it declares none and answers on all.</param>
    /// <param name="labels">Labels in place of <c>run</c>, as <c>app=web,tier=front</c>.</param>
    /// <param name="inNamespace">The namespace.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="inNamespace"/> is null or empty, or there is no such node.</exception>
    /// <exception cref="FormatException"><paramref name="labels"/> are no labels.</exception>
    /// <exception cref="ApiException">The server refuses the Pod.</exception>
    public PodHandle RunPod(string name, string? node = null, string image = "pause", int? port = null, string? labels = null, string inNamespace = "default")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(inNamespace);
        if (node is not null && Network.FindNode(node) is null)
        {
            throw new ArgumentException($"There is no node '{Excerpt.Of(node)}'; the nodes are {string.Join(", ", Server.List<Node>().Select(found => found.Metadata.Name))}.", nameof(node));
        }

        Api.Create(new Pod
        {
            Metadata = new ObjectMeta { Name = name, Namespace = inNamespace, Labels = labels is null ? LabelSet.Of("run", name) : Read(labels, LabelSet.Parse) },
            Spec = new PodSpec
            {
                NodeName = node,
                Containers = [new Container { Name = name, Image = image, Ports = port is null ? default : [new ContainerPort { Port = port }] }],
            },
        });
        return new PodHandle(this, new NamespacedName(inNamespace, name));
    }

    /// <summary>The Pod of that name, to stand in.</summary>
    /// <param name="name">For example <c>web-0</c> in the namespace <c>default</c>, or <c>shop/web-0</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name.</exception>
    /// <exception cref="ApiException">404 <c>NotFound</c>: there is none.</exception>
    public PodHandle Pod(NamespacedName name) => new(this, Api.Get<Pod>(name).Name);

    /// <summary>The Pods with certain labels, in the order of their names, to stand in.</summary>
    /// <param name="labelSelector">For example <c>app=web</c>; null for all Pods of the namespace.</param>
    /// <param name="inNamespace">The namespace.</param>
    /// <exception cref="ArgumentException"><paramref name="inNamespace"/> is null or empty.</exception>
    /// <exception cref="ApiException">400 <c>BadRequest</c>: the selector cannot be read.</exception>
    public IReadOnlyList<PodHandle> Pods(string? labelSelector = null, string inNamespace = "default")
    {
        ArgumentException.ThrowIfNullOrEmpty(inNamespace);
        return [.. Api.List<Pod>(new ListOptions { Namespace = inNamespace, LabelSelector = labelSelector }).Select(pod => new PodHandle(this, pod.Name))];
    }

    /// <summary>The node of that name, to stand on.</summary>
    /// <param name="name">The node's name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public NodeHandle Node(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Inside(() => Network.FindNode(name) is { } node ? new NodeHandle(this, node) : throw new ArgumentException($"There is no node '{Excerpt.Of(name)}'.", nameof(name)));
    }

    /// <summary>A host outside the cluster, to stand on; the same one for the same address.</summary>
    /// <param name="address">Its address, which nobody in the cluster has.</param>
    /// <exception cref="FormatException"><paramref name="address"/> is no IP address.</exception>
    /// <exception cref="ArgumentException">The address lies in the cluster (in the block of the Pods, Services or load balancers, or a node has it), or is none of a single host.</exception>
    public ExternalHost External(string address = "203.0.113.10")
    {
        IpAddress parsed = Read(address, IpAddress.Parse);
        return Inside(() =>
        {
            string name = parsed.ToString();
            if (!_hosts.TryGetValue(name, out ExternalHost? host))
            {
                Machines.Reserve(parsed, nameof(address));
                host = _hosts[name] = new ExternalHost(this, Network.AddHost(name, parsed));
            }

            return host;
        });
    }

    /// <summary>The addresses that a Service answers on: ClusterIPs, node ports on every node, external IPs, load balancer addresses; each for each of its ports.</summary>
    /// <param name="service">The Service's name, for example <c>default/web</c>.</param>
    /// <exception cref="ApiException">404 <c>NotFound</c>: there is none.</exception>
    public IReadOnlyList<Frontend> Frontends(NamespacedName service)
    {
        Service found = Api.Get<Service>(service);
        return FrontendList.Of(found, Api.List<Node>());
    }

    /// <summary>Who reaches what: what would happen to a connection from each source to each address now. Nothing changes.</summary>
    /// <param name="from">The rows.</param>
    /// <param name="to">The columns.</param>
    public Reachability Reach(IEnumerable<TrafficSource> from, IEnumerable<Frontend> to)
    {
        TrafficSource[] sources = WithoutNull(from);
        return Inside(() => Dialler.Reach(sources, WithoutNull(to)));
    }

    /// <summary>Who reaches what, by name: what would happen to a connection from each source to each target now. Nothing changes.</summary>
    /// <param name="from">The rows.</param>
    /// <param name="to">The columns: targets such as <c>web:80</c>.</param>
    /// <exception cref="ArgumentException">A text is no target.</exception>
    public Reachability Reach(IEnumerable<TrafficSource> from, IEnumerable<string> to)
    {
        TrafficSource[] sources = WithoutNull(from);
        return Inside(() => Dialler.Reach(sources, WithoutNull(to)));
    }

    /// <summary>Runs everything that is pending, moving time, until nothing is left to happen.</summary>
    /// <returns>How many events ran.</returns>
    /// <exception cref="InvalidOperationException">
    /// After 1,000,000 events something is still pending, such as a periodic timer that schedules itself again and again: what ran has happened, time has
    /// moved that far, and the cluster can be used on. Or it is called from inside the simulation.
    /// </exception>
    public int RunUntilIdle() => _gate.Run(() => _queue.RunUntilIdle(MostEvents));

    /// <summary>Runs exactly the next event, moving time to it; false when nothing is pending.</summary>
    /// <exception cref="InvalidOperationException">It is called from inside the simulation.</exception>
    public bool Step() => _gate.Run(_queue.Step);

    /// <summary>Runs an action at a time to come, inside the simulation.</summary>
    /// <param name="elapsed">Time since the start, not before now.</param>
    /// <param name="action">What to do; an exception from it faults the cluster and leaves the call that advanced the clock.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="elapsed"/> has passed, or lies past the year 9999.</exception>
    public void At(TimeSpan elapsed, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfLessThan(elapsed, Clock.Elapsed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elapsed, Clock.Longest);
        Inside(() => _queue.Schedule(elapsed, static state => ((Action)state!)(), action));
    }

    /// <summary>A hash of everything that has happened: two runs with the same fingerprint were the same run.</summary>
    /// <returns>16 hexadecimal digits.</returns>
    public string Fingerprint() => Inside(_log.Fingerprint);

    /// <summary>Ends the cluster: watches complete, later calls throw. A second time does nothing.</summary>
    public void Dispose()
    {
        if (_gate.Close())
        {
            _controlPlane.Dispose();
            _log.Complete();
        }
    }

    /// <summary>Reads a text; what is wrong with it is said with the name of the parameter.</summary>
    private static T Read<T>(string text, Func<string, T> parse, [CallerArgumentExpression(nameof(text))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        try
        {
            return parse(text);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"{name}: {wrong.Message}", wrong);
        }
    }

    private static T[] WithoutNull<T>(IEnumerable<T> items, [CallerArgumentExpression(nameof(items))] string? name = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items, name);
        T[] copy = [.. items];
        int missing = Array.IndexOf(copy, null);
        return missing < 0 ? copy : throw new ArgumentException($"Element {missing} is null.", name);
    }

    /// <summary>A request that may be refused; what follows from it has happened when it returns.</summary>
    internal T Ask<T>(Func<T> request) => _gate.Ask(request);

    /// <summary>A question that changes nothing in the control plane.</summary>
    internal T Inside<T>(Func<T> question)
    {
        _gate.Enter();
        try
        {
            return question();
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Closes a connection, also when the cluster is gone.</summary>
    internal void Close(in ConnectionHandle handle) => Network.Close(handle);

    internal ResourceReference Reference(string target) => Inside(() => ResourceReference.Parse(target, Server.FindResource));

    internal string Print(ResourceType resource, IReadOnlyList<KubernetesObject> objects, bool wide, bool showNamespace) =>
        Inside(() => PrintedTable.Of(resource, objects, Clock.GetUtcNow()).ToText(new PrintOptions { Wide = wide, AllNamespaces = showNamespace }).TrimEnd('\n'));
}
