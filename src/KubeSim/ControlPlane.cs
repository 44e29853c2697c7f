using KubeSim.ApiServer;
using KubeSim.CloudProvider;
using KubeSim.Collections;
using KubeSim.Controllers.Deployments;
using KubeSim.Controllers.EndpointSliceMirroring;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Controllers.EndpointsObjects;
using KubeSim.Controllers.GarbageCollection;
using KubeSim.Controllers.Namespaces;
using KubeSim.Controllers.NodeLifecycle;
using KubeSim.Controllers.ReplicaSets;
using KubeSim.Controllers.Scheduling;
using KubeSim.Dataplane;
using KubeSim.Dns;
using KubeSim.Simulation;

namespace KubeSim;

/// <summary>The components of a cluster and how they are wired: each knows the API server and nobody else, the agents on the nodes know the network too.</summary>
internal sealed class ControlPlane : IDisposable
{
    /// <summary>Which address of the Services' block is that of the cluster's DNS.</summary>
    /// <source>kubeadm v1.36, the tenth address of the service subnet</source>
    internal const int DnsPlace = 10;

    private readonly ClusterOptions _options;
    private readonly ApiServerOptions _apiServerOptions;
    private readonly Stack<IDisposable> _components = new();

    internal ControlPlane(ClusterOptions options, EventQueue queue, VirtualClock clock, DeterministicRandom random, RunLog log)
    {
        PropagationDelays delays = options.Delays;
        _options = options;
        _apiServerOptions = new ApiServerOptions { ServiceCidrs = [options.ServiceCidr], NodePortFirst = options.FirstNodePort, NodePortLast = options.LastNodePort };
        Server = Own(new KubeApiServer(queue, clock, random.Fork("api-server"), log, _apiServerOptions));
        Network = new Network(queue, log, random.Fork("network"), options.LoadBalancer);
        Own(new DeploymentController(Server, queue, clock, log, delays.ServerToController));
        Own(new ReplicaSetController(Server, queue, clock, log, delays.ServerToController));
        Own(new Scheduler(Server, queue, clock, log, delays.ServerToController));
        SelectedPods selected = Own(new SelectedPods(Server, delays.ServerToController));
        Own(new EndpointSliceController(Server, selected, queue, log, delays.ServerToController));
        Own(new EndpointsController(Server, selected, queue, log, delays.ServerToController));
        selected.Start();
        Own(new EndpointSliceMirroringController(Server, queue, log, delays.ServerToController));
        Own(new GarbageCollector(Server, queue, log, delays.ServerToController));
        Own(new NodeTaintController(Server, queue, clock, log, delays.ServerToController));
        Own(new NamespaceController(Server, queue, clock, log, delays.ServerToController));
        if (!options.LoadBalancerRanges.IsEmpty)
        {
            Own(new LoadBalancerController(Server, Network, queue, log, new AddressPool(options.LoadBalancerRanges.Select(AddressRange.Parse).ToEquatableArray()), delays.ServerToLoadBalancer));
        }

        DnsServer dns = Own(new DnsServer(
            Server, queue, log, random.Fork("dns"), DnsServerOptions.Default with { Zones = [options.ClusterDomain, .. DnsServerOptions.Default.Zones.AsSpan()[1..]], Start = options.StartTime }, delays.ControllerToDns));
        Resolvers = new ClusterResolvers(dns, HostRecords.None, log, new KubeletDns { ClusterDomain = options.ClusterDomain, ClusterDns = [options.ServiceCidr[DnsPlace].ToString()] });
        Machines = Own(new Machines(options, Server, Network, queue, clock, log));
    }

    internal KubeApiServer Server { get; }

    internal Network Network { get; }

    internal Machines Machines { get; }

    internal ClusterResolvers Resolvers { get; }

    /// <summary>Creates what every cluster has: its own Service, and the nodes that the options name.</summary>
    internal bool Start()
    {
        Server.Create(KubernetesService.Of(_apiServerOptions));
        Machines.Start(_options.Nodes);
        return true;
    }

    public void Dispose()
    {
        while (_components.TryPop(out IDisposable? component))
        {
            component.Dispose();
        }
    }

    private T Own<T>(T component)
        where T : IDisposable
    {
        _components.Push(component);
        return component;
    }
}
