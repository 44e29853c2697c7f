using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Proxy.HealthChecks;

/// <summary>
/// What a node's kube-proxy answers on the health check ports of Services with externalTrafficPolicy Local, so that load balancers
/// send to nodes with ready endpoints only: one listener for each Service. One server for each address family.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/healthcheck/service_health.go</source>
internal sealed class ServiceHealthServer
{
    private readonly SortedDictionary<NamespacedName, Listener> _listeners = [];

    /// <param name="listenAddresses">See <see cref="ListenAddresses"/>.</param>
    public ServiceHealthServer(EquatableArray<IpAddress> listenAddresses) => Addresses = listenAddresses;

    /// <summary>Where it listens: settled when kube-proxy starts.</summary>
    public EquatableArray<IpAddress> Addresses { get; }

    /// <summary>The ports that are open, in ascending order.</summary>
    public IReadOnlyList<ushort> Ports
    {
        get
        {
            var ports = new SortedSet<ushort>();
            foreach (Listener listener in _listeners.Values)
            {
                ports.Add(listener.Port);
            }

            return [.. ports];
        }
    }

    /// <summary>The addresses to listen on: all of the family as its unspecified address, or the node's that the blocks hold.</summary>
    /// <param name="nodePortAddresses"><c>--nodeport-addresses</c>. Without a block of the family, or with one of everything, it is all.</param>
    /// <param name="nodeAddresses">What the node has on its interfaces.</param>
    /// <param name="isIPv6">The family.</param>
    public static EquatableArray<IpAddress> ListenAddresses(EquatableArray<Cidr> nodePortAddresses, EquatableArray<IpAddress> nodeAddresses, bool isIPv6)
    {
        var matching = new SortedSet<IpAddress>();
        bool isAll = true;
        foreach (Cidr block in nodePortAddresses)
        {
            if (block.First.IsIPv6 != isIPv6)
            {
                continue;
            }

            if (block.PrefixLength == 0)
            {
                isAll = true;
                break;
            }

            isAll = false;
            foreach (IpAddress address in nodeAddresses)
            {
                if (block.Contains(address))
                {
                    matching.Add(address);
                }
            }
        }

        return isAll ? [isIPv6 ? IpAddress.Parse("::") : IpAddress.Any] : [.. matching];
    }

    /// <summary>The health check port of a Service; 0 where it has none.</summary>
    public static ushort PortOf(Service service) =>
        FrontendRules.IsProxied(service) && service.Spec is { Type: ServiceType.LoadBalancer, ExternalTrafficPolicy: TrafficPolicy.Local, HealthCheckNodePort: > 0 and <= ushort.MaxValue and var port }
            ? (ushort)port : (ushort)0;

    /// <summary>Opens and closes listeners. One whose port has changed is another listener: its count starts at zero.</summary>
    /// <param name="ports">The health check port of every Service that has one.</param>
    public void SyncServices(IReadOnlyDictionary<NamespacedName, ushort> ports)
    {
        foreach ((NamespacedName service, Listener listener) in _listeners.ToArray())
        {
            if (!ports.TryGetValue(service, out ushort port) || port != listener.Port)
            {
                _listeners.Remove(service);
            }
        }

        foreach ((NamespacedName service, ushort port) in ports)
        {
            _listeners.TryAdd(service, new Listener(port, 0));
        }
    }

    /// <summary>Takes over the ready endpoints on this node. Services without a listener are dropped, listeners without a count get zero.</summary>
    public void SyncEndpoints(IReadOnlyDictionary<NamespacedName, int> localReadyEndpoints)
    {
        foreach ((NamespacedName service, Listener listener) in _listeners.ToArray())
        {
            _listeners[service] = listener with { Endpoints = localReadyEndpoints.TryGetValue(service, out int count) ? count : 0 };
        }
    }

    /// <summary>The answer on a port, or null where nobody listens.</summary>
    /// <param name="port">The port asked.</param>
    /// <param name="isProxyHealthy">Whether kube-proxy is healthy in the sense of /livez: what the Node is like does not count.</param>
    public HealthAnswer? Answer(ushort port, bool isProxyHealthy)
    {
        foreach ((NamespacedName service, Listener listener) in _listeners)
        {
            if (listener.Port == port)
            {
                return Answer(service, listener.Endpoints, isProxyHealthy);
            }
        }

        return null;
    }

    private static HealthAnswer Answer(NamespacedName service, int endpoints, bool isProxyHealthy)
    {
        string count = endpoints.ToString(CultureInfo.InvariantCulture);
        string body =
            $$"""
            {
            	"service": {
            		"namespace": "{{service.Namespace}}",
            		"name": "{{service.Name}}"
            	},
            	"localEndpoints": {{count}},
            	"serviceProxyHealthy": {{HealthAnswer.Text(isProxyHealthy)}}
            }
            """;
        return new(
            endpoints > 0 && isProxyHealthy ? HealthAnswer.Ok : HealthAnswer.ServiceUnavailable,
            [("Content-Type", "application/json"), ("X-Content-Type-Options", "nosniff"), ("X-Load-Balancing-Endpoint-Weight", count)],
            body);
    }

    private readonly record struct Listener(ushort Port, int Endpoints);
}
