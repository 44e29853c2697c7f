using KubeSim.Api;
using KubeSim.Tracing;

namespace KubeSim.Dns;

/// <summary>Why a name has no address: what was asked, and the object and field to look at. Only made when something has failed, and takes the time it needs.</summary>
internal sealed class ResolutionFailure(DnsServer cluster, bool asksCluster, Pod? pod, string place)
{
    private readonly string _domain = cluster.Options.ClusterDomain;

    private ClusterRecords Records => cluster.Records;

    private string OwnNamespace => pod?.Metadata.Namespace ?? "default";

    public Reason Explain(DnsAnswer answer)
    {
        string name = answer.Name.EndsWith('.') && answer.Name.Length > 1 ? answer.Name[..^1] : answer.Name;
        if (answer.Name != "." && !DnsName.IsValid(name, out string wrong))
        {
            return new(ReasonCode.NameNotFound, $"'{DnsName.Short(answer.Name)}' is no DNS name: it {wrong}.");
        }

        Reason cause = asksCluster ? (Absolute(answer, name) ?? InCluster(answer, name)) : NotAsked(name);
        return cause with { Message = $"{cause.Message} Tried {Resolver.Tried(answer)}." };
    }

    /// <summary>A short name of a Service that exists, spoilt by a final dot; null for everything else.</summary>
    private Reason? Absolute(DnsAnswer answer, string name)
    {
        string[] labels = name.Split('.');
        bool isShort = answer.Name.EndsWith('.') && (labels.Length is 1 or 2 || (labels.Length == 3 && labels[2] == "svc")) && !DnsName.IsIn(name, _domain);
        if (!isShort || Records.FindNamespace(labels.Length == 1 ? OwnNamespace : labels[1])?.Find(labels[0]) is not { Service: not null } records)
        {
            return null;
        }

        return new(
            ReasonCode.NameNotFound,
            $"'{DnsName.Short(answer.Name)}' ends with a dot, which makes it absolute: the search list is not used, and Service {records.Name} is not found. Ask for '{name}' or '{records.Name.Name}.{records.Name.Namespace}.svc.{_domain}.'.",
            $"service/{records.Name}", "metadata.name");
    }

    private Reason InCluster(DnsAnswer answer, string name)
    {
        if (answer.ResponseCode == DnsResponseCode.ServFail)
        {
            return new(ReasonCode.NameNotFound, $"The DNS server could not answer for '{DnsName.Short(name)}': it is not ready, or the server that it asked failed.");
        }

        foreach (string tried in answer.NamesTried)
        {
            if (DnsName.IsIn(tried, _domain) && OfService(Labels(tried)) is { } reason)
            {
                return reason;
            }
        }

        return answer.ResponseCode == DnsResponseCode.NoError
            ? new(ReasonCode.NameNotFound, $"'{DnsName.Short(name)}' leads to a name that exists and has no address: a zone or a namespace, not a Service.")
            : Missing(name);
    }

    private ReadOnlySpan<char> Labels(string name) => name.Length == _domain.Length ? default : name.AsSpan(0, name.Length - _domain.Length - 1);

    /// <summary>What is wrong with a Service that exists; null where there is none.</summary>
    private Reason? OfService(ReadOnlySpan<char> labels)
    {
        ClusterName name = ClusterName.Parse(labels);
        if (name.IsPod || name.Kind < ClusterNameKind.Service || Records.FindNamespace(name.Namespace)?.Find(name.Service) is not { Service: { } service } records)
        {
            return null;
        }

        string path = $"service/{records.Name}";
        if (records.IsExternalName)
        {
            return new(ReasonCode.NameNotFound, ExternalName(service, records), path, "spec.externalName");
        }

        if (name.Kind == ClusterNameKind.Port)
        {
            return new(ReasonCode.ServicePortNotFound, $"Service {records.Name} has no port '{name.Port}' over {name.Protocol.ToString().ToUpperInvariant()} with an endpoint behind it; its ports are {Ports(service)}.", path, "spec.ports");
        }

        return name.Kind == ClusterNameKind.Endpoint ? EndpointSummary.NoSuch(name.Endpoint.ToString(), records, path) : EndpointSummary.NonePublished(records, service, path);
    }

    private string ExternalName(Service service, ServiceRecords records)
    {
        string target = service.Spec.ExternalName ?? "";
        return DnsName.IsIn(target.TrimEnd('.'), _domain)
            ? $"Service {records.Name} stands for '{target}', and that name has no address."
            : $"Service {records.Name} stands for '{target}' outside the cluster, and no address is known of it.";
    }

    private static string Ports(Service service) => service.Spec.Ports.IsEmpty ? "none"
        : string.Join(", ", service.Spec.Ports.Select(port => $"{(string.IsNullOrEmpty(port.Name) ? "(without name)" : port.Name)}/{port.Protocol ?? Protocol.TCP}"));

    /// <summary>No Service of such a name: says where there is one, or what it looks like.</summary>
    private Reason Missing(string name)
    {
        string[] labels = DnsName.IsIn(name, _domain) ? Labels(name).ToString().Split('.') : name.Split('.');
        if (labels[^1] == "pod" && labels.Length > 1)
        {
            return new(ReasonCode.NameNotFound, $"'{DnsName.Short(name)}' is no name of a Pod: that is its address with dashes, its namespace, and pod.{_domain}.");
        }

        int service = labels.Length > 1 && labels[^1] == "svc" ? Math.Max(0, labels.Length - 3) : Math.Max(0, labels.Length - 2);
        string wanted = labels[labels.Length == 1 ? 0 : service];
        string space = labels.Length == 1 ? OwnNamespace : labels[Math.Min(service + 1, labels.Length - 1)];
        if (labels.Length > 1 && Records.FindNamespace(space) is not { Exists: true })
        {
            string? nearest = EditDistance.Nearest(space, Records.Namespaces.Where(known => known.Find(wanted) is not null).Select(known => known.Name));
            return nearest is not null || DnsName.IsIn(name, _domain) || labels[^1] == "svc"
                ? new(ReasonCode.NameNotFound, $"There is no namespace '{space}'.{(nearest is null ? "" : $" Did you mean '{wanted}.{nearest}'?")}", $"namespace/{space}", "metadata.name")
                : new(ReasonCode.NameNotFound, $"No host '{DnsName.Short(name)}' is known outside the cluster, and there is no namespace '{space}' with a Service '{wanted}'.");
        }

        return NoService(wanted, space);
    }

    private Reason NoService(string wanted, string space)
    {
        string[] elsewhere = [.. Records.Namespaces.Where(known => known.Name != space && known.Find(wanted)?.Service is not null).Select(known => known.Name)];
        if (elsewhere.Length > 0)
        {
            string others = elsewhere.Length == 1 ? "" : $" (so have {elsewhere.Length - 1} more)";
            return new(
                ReasonCode.NameNotFound, $"There is no Service '{wanted}' in namespace '{space}', but namespace '{elsewhere[0]}' has one{others}: ask for '{wanted}.{elsewhere[0]}'.",
                $"service/{elsewhere[0]}/{wanted}", "metadata.namespace");
        }

        IEnumerable<string> names = Records.FindNamespace(space)?.Services.Where(known => known.Service is not null).Select(known => known.Name.Name) ?? [];
        string? nearest = EditDistance.Nearest(wanted, names);
        return new(
            ReasonCode.NameNotFound, $"There is no Service '{wanted}' in namespace '{space}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}",
            $"service/{space}/{nearest ?? wanted}", "metadata.name");
    }

    /// <summary>The cluster's server was not asked; if it could have helped, that is the reason.</summary>
    private Reason NotAsked(string name)
    {
        string[] labels = name.Split('.');
        bool isClusters = DnsName.IsIn(name, _domain)
            || Records.FindNamespace(labels.Length > 1 ? labels[1] : OwnNamespace)?.Find(labels[0])?.Service is not null;
        if (!isClusters)
        {
            return new(ReasonCode.NameNotFound, $"No host '{DnsName.Short(name)}' is known outside the cluster.");
        }

        if (pod is null)
        {
            return new(ReasonCode.NameNotFound, place == "outside"
                ? $"'{DnsName.Short(name)}' is a name of the cluster; hosts outside do not ask the cluster's DNS server."
                : $"'{DnsName.Short(name)}' is a name of the cluster; node {place} itself does not ask the cluster's DNS server, only its Pods do.");
        }

        string why = pod.Spec.DnsPolicy switch
        {
            DnsPolicy.None => "its dnsPolicy is None and its first name server is another",
            DnsPolicy.Default => "its dnsPolicy is Default",
            _ when pod.Spec.HostNetwork == true => "with hostNetwork the dnsPolicy ClusterFirst counts as Default; ClusterFirstWithHostNet would ask it",
            _ => "the kubelet knows no cluster DNS server",
        };
        return new(
            ReasonCode.NameNotFound, $"'{DnsName.Short(name)}' is a name of the cluster, but Pod {pod.Name} does not ask the cluster's DNS server: {why}.",
            $"pod/{pod.Name}", pod.Spec.DnsPolicy == DnsPolicy.None ? "spec.dnsConfig.nameservers" : "spec.dnsPolicy");
    }
}
