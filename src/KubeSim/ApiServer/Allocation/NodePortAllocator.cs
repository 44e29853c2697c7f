using System.Globalization;
using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Allocation;

/// <summary>Gives Services their node ports, that of the health check among them.</summary>
/// <source>kubernetes v1.36, pkg/registry/core/service/storage/alloc.go, initNodePorts, updateNodePorts, updateHealthCheckNodePort</source>
internal static class NodePortAllocator
{
    internal static Service Create(Service value, AllocationTransaction transaction)
    {
        if (ServiceFacts.MayHaveNodePorts(value.Spec))
        {
            value = WithPorts(value, NewPorts(value, transaction));
        }

        return ServiceFacts.NeedsHealthCheck(value.Spec) ? WithHealthCheck(value, transaction) : value;
    }

    internal static Service Update(Service old, Service value, AllocationTransaction transaction)
    {
        if (ServiceFacts.MayHaveNodePorts(value.Spec))
        {
            value = WithPorts(value, ChangedPorts(old, value, transaction));
        }

        if (ServiceFacts.MayHaveNodePorts(old.Spec))
        {
            DropMissing(old.Spec.Ports, ServiceFacts.MayHaveNodePorts(value.Spec) ? value.Spec.Ports : default, transaction);
        }

        bool needed = ServiceFacts.NeedsHealthCheck(old.Spec);
        bool needs = ServiceFacts.NeedsHealthCheck(value.Spec);
        if (needed && !needs && old.Spec.HealthCheckNodePort is > 0 and var port)
        {
            transaction.Drop(port);
        }

        return needs && !needed ? WithHealthCheck(value, transaction) : value;
    }

    internal static void Release(ServiceSpec spec, AllocationTransaction transaction)
    {
        if (ServiceFacts.MayHaveNodePorts(spec))
        {
            DropMissing(spec.Ports, default, transaction);
        }

        if (ServiceFacts.NeedsHealthCheck(spec) && spec.HealthCheckNodePort is > 0 and var port)
        {
            transaction.Drop(port);
        }
    }

    /// <summary>A new Service's entries of one port number share a node port across protocols.</summary>
    private static EquatableArray<ServicePort> NewPorts(Service value, AllocationTransaction transaction)
    {
        ServicePort[] ports = value.Spec.Ports.AsSpan().ToArray();
        var byPort = new Dictionary<int, int>();
        for (int i = 0; i < ports.Length; i++)
        {
            int number = ports[i].Port ?? 0;
            int asked = ports[i].NodePort ?? 0;
            if (asked == 0 && !ServiceFacts.GetsNodePorts(value.Spec))
            {
                continue;
            }

            if (!byPort.TryGetValue(number, out int shared))
            {
                shared = AskedFor(ports, number) is > 0 and var wanted ? Taken(value, i, wanted, transaction) : Any(transaction);
                byPort.Add(number, shared);
                asked = shared;
            }
            else if (asked == 0)
            {
                asked = shared;
            }
            else if (asked != shared)
            {
                Taken(value, i, asked, transaction);
            }

            ports[i] = ports[i].NodePort == asked ? ports[i] : ports[i] with { NodePort = asked };
        }

        return new EquatableArray<ServicePort>(ports);
    }

    private static EquatableArray<ServicePort> ChangedPorts(Service old, Service value, AllocationTransaction transaction)
    {
        ServicePort[] ports = value.Spec.Ports.AsSpan().ToArray();
        var taken = new HashSet<int>();
        if (ServiceFacts.MayHaveNodePorts(old.Spec))
        {
            foreach (ServicePort port in old.Spec.Ports)
            {
                taken.Add(port.NodePort ?? 0);
            }
        }

        for (int i = 0; i < ports.Length; i++)
        {
            int asked = ports[i].NodePort ?? 0;
            if (asked == 0)
            {
                ports[i] = ServiceFacts.GetsNodePorts(value.Spec) ? ports[i] with { NodePort = Any(transaction) } : ports[i];
            }
            else if (taken.Add(asked))
            {
                Taken(value, i, asked, transaction);
            }

            CheckRepeated(ports, i);
        }

        return new EquatableArray<ServicePort>(ports);
    }

    private static void CheckRepeated(ServicePort[] ports, int index)
    {
        ServicePort port = ports[index];
        for (int i = 0; i < index; i++)
        {
            if (port.NodePort is > 0 && ports[i].NodePort == port.NodePort && ports[i].Protocol == port.Protocol)
            {
                throw Refusal.ServerError(string.Create(CultureInfo.InvariantCulture, $"duplicate nodePort: {{{port.Protocol} {port.NodePort}}}"));
            }
        }
    }

    private static Service WithHealthCheck(Service value, AllocationTransaction transaction)
    {
        if (value.Spec.HealthCheckNodePort is { } asked and not 0)
        {
            return transaction.Take(asked) is not { } refused ? value
                : throw Refusal.InternalError(string.Create(CultureInfo.InvariantCulture, $"failed to allocate requested HealthCheck NodePort {asked}: {refused}"));
        }

        return transaction.TryTakeAnyPort(out int port) ? value with { Spec = value.Spec with { HealthCheckNodePort = port } }
            : throw Refusal.InternalError("failed to allocate a HealthCheck NodePort 0: range is full");
    }

    private static int Taken(Service value, int index, int port, AllocationTransaction transaction) =>
        transaction.Take(port) is not { } refused ? port
            : throw Refusal.Invalid(value, $"spec.ports[{index}].nodePort", port.ToString(CultureInfo.InvariantCulture), refused);

    private static int Any(AllocationTransaction transaction) =>
        transaction.TryTakeAnyPort(out int port) ? port : throw Refusal.InternalError("failed to allocate a nodePort: range is full");

    private static int AskedFor(ServicePort[] ports, int number)
    {
        foreach (ServicePort port in ports)
        {
            if (port.Port == number && port.NodePort is { } asked and not 0)
            {
                return asked;
            }
        }

        return 0;
    }

    private static void DropMissing(EquatableArray<ServicePort> old, EquatableArray<ServicePort> kept, AllocationTransaction transaction)
    {
        foreach (ServicePort port in old)
        {
            if (port.NodePort is > 0 and var nodePort && !Has(kept, nodePort))
            {
                transaction.Drop(nodePort);
            }
        }
    }

    private static bool Has(EquatableArray<ServicePort> ports, int nodePort)
    {
        foreach (ServicePort port in ports)
        {
            if (port.NodePort == nodePort)
            {
                return true;
            }
        }

        return false;
    }

    private static Service WithPorts(Service value, EquatableArray<ServicePort> ports) =>
        ports == value.Spec.Ports ? value : value with { Spec = value.Spec with { Ports = ports } };
}
