using System.Globalization;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim;

/// <summary>From an object to the Service that <c>kubectl expose</c> makes for it.</summary>
/// <source>kubectl v1.32, pkg/cmd/expose and pkg/polymorphichelpers, as observed</source>
internal static class ExposeGenerator
{
    private const int LongestServiceName = 63;

    /// <exception cref="InvalidOperationException">The object cannot be exposed, in kubectl's words.</exception>
    internal static Service Generate(KubernetesObject exposed, ExposeOptions options)
    {
        // kubectl takes a flag that is given empty as one that is not given.
        options = options with
        {
            Name = NullIfEmpty(options.Name),
            TargetPort = options.TargetPort is { Text: "" } ? null : options.TargetPort,
            Type = NullIfEmpty(options.Type),
            Protocol = NullIfEmpty(options.Protocol),
            SessionAffinity = NullIfEmpty(options.SessionAffinity),
            ClusterIP = NullIfEmpty(options.ClusterIP),
        };
        EquatableArray<ServicePort> ports = Ports(exposed, options);
        if (ports.IsEmpty && options.ClusterIP != "None")
        {
            throw new InvalidOperationException("couldn't find port via --port flag or introspection");
        }

        if (options.SessionAffinity is not (null or SessionAffinity.None or SessionAffinity.ClientIP))
        {
            throw new InvalidOperationException($"unknown session affinity: {Excerpt.Of(options.SessionAffinity)}");
        }

        string name = options.Name ?? exposed.Metadata.Name;
        return new Service
        {
            Metadata = new ObjectMeta
            {
                Name = name.Length <= LongestServiceName || options.Name is not null ? name : name[..LongestServiceName],
                Namespace = exposed.Metadata.Namespace,
                Labels = exposed.Metadata.Labels,
            },
            Spec = new ServiceSpec
            {
                Type = options.Type,
                ClusterIP = options.ClusterIP,
                SessionAffinity = options.SessionAffinity,
                Selector = Selector(exposed),
                Ports = ports,
            },
        };
    }

    private static LabelSet Selector(KubernetesObject exposed)
    {
        LabelSet selector = exposed switch
        {
            Pod pod => pod.Metadata.Labels,
            Service service => service.Spec.Selector,
            Deployment { Spec.Selector: { } selected } => Equalities(selected),
            ReplicaSet { Spec.Selector: { } selected } => Equalities(selected),
            _ => throw new InvalidOperationException($"cannot expose a {exposed.Kind}"),
        };
        return !selector.IsEmpty ? selector : throw new InvalidOperationException("couldn't retrieve selectors via --selector flag or introspection: " + exposed switch
        {
            Service => "the service has no pod selector set",
            Pod => "the pod has no labels and cannot be exposed",
            _ => $"invalid {exposed.Resource.Singular}: no selectors, therefore cannot be exposed",
        });
    }

    private static LabelSet Equalities(LabelSelector selector) => selector.MatchLabels.IsEmpty || selector.MatchExpressions.IsEmpty
        ? selector.MatchLabels
        : throw new InvalidOperationException($"couldn't convert expressions - \"{selector.MatchExpressions[0].Key}\" to map-based selector format");

    private static EquatableArray<ServicePort> Ports(KubernetesObject exposed, ExposeOptions options)
    {
        List<(int Port, string Protocol)> declared = Declared(exposed);
        List<int> numbers = options.Port is { } only ? [only] : [.. declared.Select(port => port.Port).Distinct()];
        var ports = new List<ServicePort>();
        foreach (int number in numbers)
        {
            string[] protocols = options.Protocol is { } chosen ? [chosen] : [.. declared.Where(port => port.Port == number).Select(port => port.Protocol).Distinct(StringComparer.Ordinal)];
            foreach (string protocol in protocols is [] ? [Protocol.TCP] : protocols)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"port-{numbers.IndexOf(number) + 1}");
                ports.Add(new ServicePort
                {
                    Name = protocols.Length > 1 ? $"{name}-{Lower(protocol)}" : name,
                    Protocol = protocol,
                    Port = number,
                    TargetPort = options.TargetPort ?? number,
                });
            }
        }

        return ports is [{ } alone] ? [alone with { Name = null }] : [.. ports];
    }

    /// <summary>The ports of all containers, or of the Service, in their order.</summary>
    private static List<(int Port, string Protocol)> Declared(KubernetesObject exposed) => exposed is Service service
        ? [.. service.Spec.Ports.Select(port => (port.Port ?? 0, port.Protocol ?? Protocol.TCP))]
        : [.. PodOf(exposed).Containers.SelectMany(container => container.Ports).Select(port => (port.Port ?? 0, port.Protocol ?? Protocol.TCP))];

    private static PodSpec PodOf(KubernetesObject exposed) => exposed switch
    {
        Pod pod => pod.Spec,
        Deployment deployment => deployment.Spec.Template.Spec,
        ReplicaSet replicaSet => replicaSet.Spec.Template.Spec,
        _ => throw new InvalidOperationException($"cannot expose a {exposed.Kind}"),
    };

    private static string? NullIfEmpty(string? flag) => string.IsNullOrEmpty(flag) ? null : flag;

    private static string Lower(string protocol) => protocol switch
    {
        Protocol.TCP => "tcp",
        Protocol.UDP => "udp",
        Protocol.SCTP => "sctp",
        _ => protocol,
    };
}
