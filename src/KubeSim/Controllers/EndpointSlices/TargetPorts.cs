using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>
/// The ports of a Service as its Pods have them. Pods with the same ports share one list, which is what slices are grouped by;
/// where every target port is a number there is only one.
/// </summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice, utils.go: getEndpointPorts; pkg/api/v1/pod: FindPort</source>
internal sealed class TargetPorts
{
    private readonly EquatableArray<ServicePort> _ports;
    private readonly List<EquatableArray<EndpointPort>> _known = [];
    private readonly bool _areNumbers;

    public TargetPorts(EquatableArray<ServicePort> ports)
    {
        _ports = ports;
        _areNumbers = true;
        foreach (ServicePort port in ports)
        {
            _areNumbers &= port.TargetPort is null or { IsNumber: true };
        }

        if (_areNumbers)
        {
            _known.Add(Resolve(null));
        }
    }

    /// <summary>The ports of one Pod, in the order of the Service's; those that it does not have are left out.</summary>
    public EquatableArray<EndpointPort> Of(Pod pod)
    {
        if (_areNumbers)
        {
            return _known[0];
        }

        EquatableArray<EndpointPort> ports = Resolve(pod);
        foreach (EquatableArray<EndpointPort> known in _known)
        {
            if (known == ports)
            {
                return known;
            }
        }

        _known.Add(ports);
        return ports;
    }

    /// <summary>Whether two lists hold the same ports, in whatever order.</summary>
    public static bool AreSame(EquatableArray<EndpointPort> left, EquatableArray<EndpointPort> right)
    {
        if (left == right)
        {
            return true;
        }

        if (left.Length != right.Length)
        {
            return false;
        }

        foreach (EndpointPort port in left)
        {
            if (!right.AsSpan().Contains(port))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The number of a container's port of that name and protocol; sidecars count, other init containers do not.</summary>
    public static int? Find(Pod pod, string name, string protocol)
    {
        foreach (Container container in pod.Spec.Containers)
        {
            if (Find(container, name, protocol) is { } number)
            {
                return number;
            }
        }

        foreach (Container container in pod.Spec.InitContainers)
        {
            if (container.Carried["restartPolicy"]?.Text == "Always" && Find(container, name, protocol) is { } number)
            {
                return number;
            }
        }

        return null;
    }

    private static int? Find(Container container, string name, string protocol)
    {
        foreach (ContainerPort port in container.Ports)
        {
            if (port.Name == name && (port.Protocol ?? Protocol.TCP) == protocol)
            {
                return port.Port;
            }
        }

        return null;
    }

    private EquatableArray<EndpointPort> Resolve(Pod? pod)
    {
        EquatableArray<EndpointPort> resolved = default;
        foreach (ServicePort port in _ports)
        {
            string protocol = port.Protocol ?? Protocol.TCP;
            int? number = port.TargetPort switch
            {
                null => port.Port,
                { IsNumber: true } target => target.Number,
                { } target => pod is null ? null : Find(pod, target.Text, protocol),
            };
            if (number is not null)
            {
                resolved = resolved.Add(new EndpointPort { Name = port.Name ?? "", Port = number, Protocol = port.Protocol, AppProtocol = port.AppProtocol });
            }
        }

        return resolved;
    }
}
