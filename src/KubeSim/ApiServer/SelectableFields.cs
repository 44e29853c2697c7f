using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>The fields by which objects of each kind can be selected.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/v1/conversion.go and the strategies' ToSelectableFields</source>
internal static class SelectableFields
{
    internal const string Name = "metadata.name";
    internal const string Namespace = "metadata.namespace";
    internal const string NodeName = "spec.nodeName";

    private const string False = "false";
    private const string True = "true";

    /// <summary>Kinds with a list of their own; every other kind has only name and namespace, and says so differently.</summary>
    private static readonly SortedDictionary<string, string[]> Own = new(StringComparer.Ordinal)
    {
        ["Pod"] =
        [
            Name, Namespace, NodeName, "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.podIPs",
            "status.nominatedNodeName",
        ],
        ["Node"] = [Name, "spec.unschedulable"],
        ["Namespace"] = [Name, "status.phase"],
        ["Secret"] = ["type", Name, Namespace],
        ["Service"] = [Name, Namespace, "spec.clusterIP", "spec.type"],
        ["ReplicationController"] = [Name, Namespace, "status.replicas"],
        ["Event"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion",
            "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type", Namespace, Name,
        ],
    };

    /// <summary>The field as objects of the kind spell it.</summary>
    /// <exception cref="FormatException">The kind cannot be selected by it.</exception>
    internal static string Known(ResourceType resource, string field)
    {
        if (resource.Group.Length > 0 || !Own.TryGetValue(resource.Kind, out string[]? fields))
        {
            return field is Name or Namespace ? field : throw new FormatException($"\"{field}\" is not a known field selector: only \"{Name}\", \"{Namespace}\"");
        }

        field = field == "spec.host" && resource.Kind == "Pod" ? NodeName : field;
        return fields.Contains(field, StringComparer.Ordinal) ? field : throw new FormatException($"field label not supported: {field}");
    }

    /// <summary>The value of a field that is known; empty where it is not set.</summary>
    internal static string ValueOf(KubernetesObject value, string field) => field switch
    {
        Name => value.Metadata.Name,
        Namespace => value.Metadata.Namespace,
        _ => OwnValue(value, field) ?? "",
    };

    private static string? OwnValue(KubernetesObject value, string field) => (value, field) switch
    {
        (Pod pod, NodeName) => pod.Spec.NodeName,
        (Pod pod, "spec.restartPolicy") => pod.Spec.RestartPolicy,
        (Pod pod, "spec.schedulerName") => pod.Spec.Carried["schedulerName"]?.Text,
        (Pod pod, "spec.serviceAccountName") => pod.Spec.ServiceAccountName,
        (Pod pod, "spec.hostNetwork") => pod.Spec.HostNetwork == true ? True : False,
        (Pod pod, "status.phase") => pod.Status.Phase,
        (Pod pod, "status.podIP") => pod.Status.PodIP,
        (Pod pod, "status.nominatedNodeName") => pod.Status.Carried["nominatedNodeName"]?.Text,
        (Service service, "spec.clusterIP") => service.Spec.ClusterIP,
        (Service service, "spec.type") => service.Spec.Type,
        (Node node, "spec.unschedulable") => node.Spec.Unschedulable == true ? True : False,
        (Api.Namespace space, "status.phase") => space.Status.Phase,
        (UnstructuredObject { Kind: "Event" } item, "source") => Carried(item, "source.component") ?? Carried(item, "reportingComponent"),
        (UnstructuredObject item, _) => Carried(item, field),
        _ => null,
    };

    private static string? Carried(UnstructuredObject value, string path)
    {
        string[] names = path.Split('.');
        JsonValue? found = value.Carried[names[0]];
        foreach (string name in names.Skip(1))
        {
            found = found?[name];
        }

        return found?.Text;
    }
}
