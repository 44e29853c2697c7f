using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Manifests;

namespace KubeSim;

/// <summary>
/// kubectl's verbs, answered in kubectl's words. An object is named as kubectl takes it: <c>deployment/web</c>, <c>svc/web</c>, <c>pod/hello</c>.
/// What kubectl itself would refuse is an <see cref="InvalidOperationException"/> or <see cref="ArgumentException"/>, what the API server refuses an <see cref="ApiException"/>.
/// </summary>
public static class KubectlVerbs
{
    /// <summary>
    /// <c>kubectl expose</c>: makes a Service for a Pod, Deployment, ReplicaSet or Service. Its selector is theirs (of a Pod its labels), its ports are those that
    /// the containers declare.
    /// </summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="target">What is exposed.</param>
    /// <param name="name">The Service's name; by default that of what is exposed.</param>
    /// <param name="port">The Service's port, 1 to 65535; by default the declared ones.</param>
    /// <param name="targetPort">The Pods' port, by number or name; by default the same as the port.</param>
    /// <param name="type">See <see cref="ServiceType"/>; ClusterIP by default.</param>
    /// <param name="protocol">See <see cref="Protocol"/>; by default as declared.</param>
    /// <param name="sessionAffinity">See <see cref="SessionAffinity"/>.</param>
    /// <param name="clusterIP">An address, or <c>None</c> for a headless Service; by default one is given.</param>
    /// <param name="inNamespace">The namespace.</param>
    /// <returns>For example <c>service/web exposed</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="target"/> names no object of a known kind.</exception>
    /// <exception cref="InvalidOperationException">It cannot be exposed: no labels, no ports, or not of such a kind.</exception>
    /// <exception cref="ApiException">There is no such object, or the server refuses the Service.</exception>
    public static string Expose(
        this Cluster cluster, string target, string? name = null, int? port = null, IntOrString? targetPort = null, string? type = null,
        string? protocol = null, string? sessionAffinity = null, string? clusterIP = null, string inNamespace = "default")
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentException.ThrowIfNullOrEmpty(inNamespace);
        ResourceReference reference = cluster.Reference(target).WithName(target);
        KubernetesObject exposed = Existing(cluster, reference, inNamespace);
        Service service = cluster.Api.Create(ExposeGenerator.Generate(exposed, new(name, port, targetPort, type, protocol, sessionAffinity, clusterIP)));
        return $"service/{service.Metadata.Name} exposed";
    }

    /// <summary><c>kubectl scale</c>: sets how many Pods a Deployment or ReplicaSet keeps.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="target">The Deployment or ReplicaSet.</param>
    /// <param name="replicas">0 or more.</param>
    /// <param name="inNamespace">The namespace.</param>
    /// <returns>For example <c>deployment.apps/web scaled</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="target"/> names no object of a known kind.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="replicas"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">Its kind cannot be scaled.</exception>
    /// <exception cref="ApiException">404 <c>NotFound</c>: there is none of that name.</exception>
    public static string Scale(this Cluster cluster, string target, int replicas, string inNamespace = "default")
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentException.ThrowIfNullOrEmpty(inNamespace);
        ArgumentOutOfRangeException.ThrowIfNegative(replicas);
        ResourceReference reference = cluster.Reference(target).WithName(target);
        KubernetesObject scaled = Existing(cluster, reference, inNamespace) switch
        {
            Deployment deployment => cluster.Api.Replace(deployment with { Spec = deployment.Spec with { Replicas = replicas } }),
            ReplicaSet replicaSet => cluster.Api.Replace(replicaSet with { Spec = replicaSet.Spec with { Replicas = replicas } }),
            { } other => throw new InvalidOperationException($"cannot scale a {other.Kind}: only Deployments and ReplicaSets have replicas"),
        };
        return $"{scaled.Resource.QualifiedSingular}/{scaled.Metadata.Name} scaled";
    }

    /// <summary><c>kubectl delete</c>: deletes an object and, in the background, what it owns.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="target">The object.</param>
    /// <param name="gracePeriodSeconds">How long a Pod has to end, in seconds of virtual time: 0 to 2147483647, or -1 as null for its own terminationGracePeriodSeconds.</param>
    /// <param name="inNamespace">The namespace.</param>
    /// <returns>For example <c>pod "hello" deleted</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="target"/> names no object of a known kind.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gracePeriodSeconds"/> is outside its range.</exception>
    /// <exception cref="ApiException">404 <c>NotFound</c>: there is none of that name.</exception>
    public static string Delete(this Cluster cluster, string target, long? gracePeriodSeconds = null, string inNamespace = "default")
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentException.ThrowIfNullOrEmpty(inNamespace);
        ThrowIfNoGracePeriod(gracePeriodSeconds);
        ResourceReference reference = cluster.Reference(target).WithName(target);
        cluster.Api.Delete(reference.Resource, NameIn(reference, inNamespace), new DeleteOptions { GracePeriodSeconds = gracePeriodSeconds is -1 ? null : gracePeriodSeconds, PropagationPolicy = "Background" });
        return $"{reference.Resource.QualifiedSingular} \"{reference.Name}\" deleted";
    }

    /// <summary><c>kubectl get</c>: the table of a resource's objects, or of one object; or these objects as text.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="target">The resource, for example <c>services</c>, or an object, for example <c>svc/web</c>.</param>
    /// <param name="selector">Only objects with these labels: <c>app=web</c>.</param>
    /// <param name="output">As kubectl's <c>-o</c>: <c>wide</c> for further columns, <c>name</c>, <c>yaml</c> or <c>json</c>; null for the table.</param>
    /// <param name="allNamespaces">Whether objects of every namespace are shown, with a column for it.</param>
    /// <param name="inNamespace">The namespace.</param>
    /// <returns>kubectl's text without the last line break.</returns>
    /// <exception cref="ArgumentException"><paramref name="target"/> names no known kind, or there is no such <paramref name="output"/>.</exception>
    /// <exception cref="ApiException">There is no such object, or the selector cannot be read.</exception>
    public static string Get(
        this Cluster cluster, string target, string? selector = null, string? output = null, bool allNamespaces = false, string inNamespace = "default")
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentException.ThrowIfNullOrEmpty(inNamespace);
        ThrowIfNoOutput(output);
        ResourceReference reference = cluster.Reference(target);
        bool isEverywhere = allNamespaces || !reference.Resource.IsNamespaced;
        IReadOnlyList<KubernetesObject> found = reference.Name is not null
            ? [Existing(cluster, reference, inNamespace)]
            : cluster.Api.List(reference.Resource, new ListOptions { Namespace = isEverywhere ? null : inNamespace, LabelSelector = selector });
        return output switch
        {
            "name" => string.Join('\n', found.Select(value => $"{value.Resource.QualifiedSingular}/{value.Metadata.Name}")),
            "yaml" => (reference.Name is null ? ManifestWriter.ToYaml(found) : ManifestWriter.ToYaml(found[0]))[..^1],
            "json" => (reference.Name is null ? ManifestWriter.ToJson(found) : ManifestWriter.ToJson(found[0]))[..^1],
            _ when found.Count > 0 => cluster.Print(reference.Resource, found, output == "wide", allNamespaces),
            _ => isEverywhere ? "No resources found" : $"No resources found in {inNamespace} namespace.",
        };
    }

    private static void ThrowIfNoOutput(string? output)
    {
        if (output is not (null or "wide" or "name" or "yaml" or "json"))
        {
            throw new ArgumentException($"unable to match a printer suitable for the output format \"{Excerpt.Of(output)}\", allowed formats are: json,name,wide,yaml", nameof(output));
        }
    }

    /// <summary>As for kubectl, -1 is the object's own grace period.</summary>
    private static void ThrowIfNoGracePeriod(long? gracePeriodSeconds)
    {
        if (gracePeriodSeconds is < -1 or > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(gracePeriodSeconds), gracePeriodSeconds, "A grace period has 0 to 2147483647 seconds; -1 is the object's own.");
        }
    }

    private static NamespacedName NameIn(ResourceReference reference, string inNamespace) =>
        new(reference.Resource.IsNamespaced ? inNamespace : "", reference.Name!);

    private static KubernetesObject Existing(Cluster cluster, ResourceReference reference, string inNamespace) =>
        cluster.Api.Find(reference.Resource, NameIn(reference, inNamespace)) ?? throw Refusal.NotFound(reference.Resource, reference.Name!);
}
