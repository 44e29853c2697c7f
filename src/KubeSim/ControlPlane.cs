using KubeSim.ApiServer;
using KubeSim.CloudProvider;
using KubeSim.Controllers.Deployments;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Controllers.EndpointsObjects;
using KubeSim.Controllers.GarbageCollection;
using KubeSim.Controllers.Namespaces;
using KubeSim.Controllers.ReplicaSets;
using KubeSim.Controllers.Scheduling;
using KubeSim.Dataplane;
using KubeSim.Dns;
using KubeSim.Simulation;

namespace KubeSim;

/// <summary>The components of a cluster and how they are wired: each knows the API server and nobody else, the agents on the nodes know the network too.</summary>
internal sealed class ControlPlane : IDisposable
{
    private readonly ClusterOptions _options;
    private readonly Stack<IDisposable> _components = new();

    internal ControlPlane(ClusterOptions options, EventQueue queue, VirtualClock clock, DeterministicRandom random, RunLog log)
    {
        PropagationDelays delays = options.Delays;
        _options = options;
        Server = Own(new KubeApiServer(queue, clock, random.Fork("api-server"), log, new ApiServerOptions
        {
            ServiceCidrs = [options.ServiceCidr],
            FirstNodePort = options.FirstNodePort,
            LastNodePort = options.LastNodePort,
        }));
        Network = new Network(queue, log, random.Fork("network"), options.LoadBalancer);
        Own(new DeploymentController(Server, queue, log, delays.ServerToController));
        Own(new ReplicaSetController(Server, queue, log, delays.ServerToController));
        Own(new Scheduler(Server, queue, log, delays.ServerToController));
        Own(new EndpointSliceController(Server, queue, log, delays.ServerToController));
        Own(new EndpointsController(Server, queue, log, delays.ServerToController));
        Own(new GarbageCollector(Server, queue, log, delays.ServerToController));
        Own(new NamespaceController(Server, queue, log, delays.ServerToController));
        if (!options.LoadBalancerAddresses.IsEmpty)
        {
            Own(new LoadBalancerController(Server, Network, queue, log, new AddressPool(options.LoadBalancerAddresses), delays.ServerToLoadBalancer));
        }

        var dns = Own(new DnsServer(Server, queue, log, random.Fork("dns"), options.ClusterDomain, delays.ControllerToDns));
        Resolvers = new ClusterResolvers(dns, options.ClusterDomain);
        Machines = Own(new Machines(options, Server, Network, queue, clock, log));
    }

    internal KubeApiServer Server { get; }

    internal Network Network { get; }

    internal Machines Machines { get; }

    internal ClusterResolvers Resolvers { get; }

    /// <summary>Creates what every cluster has: its own Service, and the nodes that the options name.</summary>
    internal bool Start()
    {
        Server.Create(KubernetesService.Create(_options.ServiceCidr[1]));
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
