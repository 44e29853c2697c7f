using System.Text;
using KubeSim.Api;

namespace KubeSim.ApiServer.Rest;

/// <summary>How the server says that a field holds another kind of value than its own type there: it is the message of Go's JSON decoder.</summary>
/// <source>Go's encoding/json, UnmarshalTypeError; the types of kubernetes v1.36, staging/src/k8s.io/api</source>
internal static class GoDecoding
{
    /// <summary>The types of objects within objects, by the kind and the path that leads to them.</summary>
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["Service.spec"] = "v1.ServiceSpec",
        ["Service.spec.ports"] = "[]v1.ServicePort",
        ["Service.spec.sessionAffinityConfig"] = "v1.SessionAffinityConfig",
        ["Service.spec.sessionAffinityConfig.clientIP"] = "v1.ClientIPConfig",
        ["Service.status"] = "v1.ServiceStatus",
        ["Service.status.loadBalancer"] = "v1.LoadBalancerStatus",
        ["Service.status.loadBalancer.ingress"] = "[]v1.LoadBalancerIngress",
        ["Pod.spec"] = "v1.PodSpec",
        ["Pod.spec.containers"] = "[]v1.Container",
        ["Pod.spec.initContainers"] = "[]v1.Container",
        ["Pod.spec.containers.ports"] = "[]v1.ContainerPort",
        ["Pod.spec.tolerations"] = "[]v1.Toleration",
        ["Pod.spec.dnsConfig"] = "v1.PodDNSConfig",
        ["Pod.spec.readinessGates"] = "[]v1.PodReadinessGate",
        ["Pod.status"] = "v1.PodStatus",
        ["Endpoints.subsets"] = "[]v1.EndpointSubset",
        ["Endpoints.subsets.addresses"] = "[]v1.EndpointAddress",
        ["Endpoints.subsets.ports"] = "[]v1.EndpointPort",
        ["EndpointSlice.endpoints"] = "[]v1.Endpoint",
        ["EndpointSlice.endpoints.conditions"] = "v1.EndpointConditions",
        ["EndpointSlice.ports"] = "[]v1.EndpointPort",
        ["Node.spec"] = "v1.NodeSpec",
        ["Node.spec.taints"] = "[]v1.Taint",
        ["Node.status"] = "v1.NodeStatus",
        ["Namespace.spec"] = "v1.NamespaceSpec",
        ["Namespace.status"] = "v1.NamespaceStatus",
        ["Deployment.spec"] = "v1.DeploymentSpec",
        ["Deployment.spec.template"] = "v1.PodTemplateSpec",
        ["ReplicaSet.spec"] = "v1.ReplicaSetSpec",
        ["ReplicaSet.spec.template"] = "v1.PodTemplateSpec",
    };

    private static readonly string[] Long = ["terminationGracePeriodSeconds", "generation", "deletionGracePeriodSeconds", "observedGeneration", "tolerationSeconds"];

    internal static string Message(ResourceType resource, ObjectFormatException wrong)
    {
        string path = WithoutIndexes(wrong.FieldPath);
        int dot = path.LastIndexOf('.');
        string type = TypeOf(resource, path, path[(dot + 1)..], wrong.Problem);
        return $"json: cannot unmarshal {Found(wrong.Problem, type)} into Go struct field {StructOf(resource, dot < 0 ? "" : path[..dot])}.{path} of type {type}";
    }

    private static string WithoutIndexes(string path)
    {
        var text = new StringBuilder(path.Length);
        bool isInside = false;
        foreach (char letter in path)
        {
            isInside |= letter == '[';
            text.Append(isInside ? "" : letter.ToString());
            isInside &= letter != ']';
        }

        return text.ToString();
    }

    /// <summary>What was found instead; a number shows where a number was wanted, too.</summary>
    private static string Found(string problem, string type)
    {
        const string Number = "the number ";
        string found = problem[(problem.IndexOf(", found ", StringComparison.Ordinal) + 8)..];
        return found switch
        {
            "a list" => "array",
            "an object" => "object",
            "true" or "false" => "bool",
            _ when found.StartsWith(Number, StringComparison.Ordinal) => type.StartsWith("int", StringComparison.Ordinal) ? $"number {found[Number.Length..]}" : "number",
            _ => "string",
        };
    }

    private static string StructOf(ResourceType resource, string path) => path switch
    {
        "" => resource.Kind,
        "metadata" => nameof(ObjectMeta),
        _ => Types.TryGetValue($"{resource.Kind}.{path}", out string? type) ? type[(type.LastIndexOf('.') + 1)..] : resource.Kind,
    };

    private static string TypeOf(ResourceType resource, string path, string name, string problem) =>
        path == "metadata" ? "v1.ObjectMeta"
        : Types.TryGetValue($"{resource.Kind}.{path}", out string? type) ? type
        : problem.StartsWith("expected a whole number", StringComparison.Ordinal) ? Long.Contains(name, StringComparer.Ordinal) ? "int64" : "int32"
        : problem.StartsWith("expected true or false", StringComparison.Ordinal) ? "bool"
        : problem.StartsWith("expected a map of strings", StringComparison.Ordinal) ? "map[string]string"
        : problem.StartsWith("expected a list", StringComparison.Ordinal) ? "[]string"
        : "string";
}
