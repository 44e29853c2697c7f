namespace KubeSim.Api;

/// <summary>
/// The API server, as a client sees it. Every change is complete when the call returns; what follows from it (controllers, proxies)
/// happens at the same instant of virtual time, or after the delays that were asked for. A name without a namespace means the namespace
/// <c>default</c> where the kind lives in namespaces.
/// </summary>
public interface IApiClient
{
    /// <summary>The object of that name.</summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>: there is none.</exception>
    T Get<T>(NamespacedName name)
        where T : KubernetesObject;

    /// <summary>The object of that name, or null.</summary>
    T? Find<T>(NamespacedName name)
        where T : KubernetesObject;

    /// <summary>The object of that resource and name, or null.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> is null.</exception>
    KubernetesObject? Find(ResourceType resource, NamespacedName name);

    /// <summary>The objects, in the order of their namespaces and names.</summary>
    /// <exception cref="ApiException">400 <c>BadRequest</c>: a selector cannot be read, or the kind has no such field.</exception>
    IReadOnlyList<T> List<T>(ListOptions? options = null)
        where T : KubernetesObject;

    /// <summary>The objects of a resource, in the order of their namespaces and names.</summary>
    /// <exception cref="ApiException">400 <c>BadRequest</c>: a selector cannot be read, or the kind has no such field.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> is null.</exception>
    IReadOnlyList<KubernetesObject> List(ResourceType resource, ListOptions? options = null);

    /// <summary>
    /// The present objects as <see cref="WatchEventType.Added"/>, in the order of their names, then every later change, each once and in order, for each
    /// subscriber anew; or, from a version on, only the changes since. Completes when the cluster is disposed.
    /// </summary>
    /// <exception cref="ApiException">From the subscription: 400 as for a list; 410 <c>Expired</c>: the changes since that version are no longer kept.</exception>
    IObservable<WatchEvent<T>> Watch<T>(ListOptions? options = null)
        where T : KubernetesObject;

    /// <summary>The same for a resource, as for kinds without records of their own.</summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>: no server has such a kind. From the subscription as above.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> is null.</exception>
    IObservable<WatchEvent<KubernetesObject>> Watch(ResourceType resource, ListOptions? options = null);

    /// <summary>Stores a new object and returns it as stored, with defaults, identity and version.</summary>
    /// <exception cref="ApiException">409 <c>AlreadyExists</c>; 422 <c>Invalid</c> with the fields at fault; 403 or 404 where its namespace ends or is missing.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, or there is null in it where there must be something; the message names the field.</exception>
    T Create<T>(T value)
        where T : KubernetesObject;

    /// <summary>Replaces an object by another one of the same name. Where that says a version, it must be the stored one.</summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>; 409 <c>Conflict</c>: somebody else changed it; 422 <c>Invalid</c> with the fields at fault.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, or there is null in it where there must be something; the message names the field.</exception>
    T Replace<T>(T value)
        where T : KubernetesObject;

    /// <summary>Replaces the status of an object and nothing else.</summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>; 409 <c>Conflict</c>: somebody else changed it; 422 <c>Invalid</c> with the fields at fault.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, or there is null in it where there must be something; the message names the field.</exception>
    T ReplaceStatus<T>(T value)
        where T : KubernetesObject;

    /// <summary>
    /// Changes the fields that the patch names; null removes a field, lists are replaced whole (RFC 7386):
    /// <c>Patch&lt;Deployment&gt;("web", JsonValue.Parse("""{"spec":{"replicas":3}}"""))</c>.
    /// </summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>; 400 or 422 where the patched object is not acceptable.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="mergePatch"/> is null.</exception>
    T Patch<T>(NamespacedName name, JsonValue mergePatch)
        where T : KubernetesObject;

    /// <summary>The same for an object of a resource, as for kinds without records of their own.</summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>; 400 or 422 where the patched object is not acceptable.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> or <paramref name="mergePatch"/> is null.</exception>
    KubernetesObject Patch(ResourceType resource, NamespacedName name, JsonValue mergePatch);

    /// <summary>Deletes an object; one with finalizers or a grace period only begins to go.</summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>; 409 <c>Conflict</c>: not the identity or version asked for.</exception>
    void Delete<T>(NamespacedName name, DeleteOptions? options = null)
        where T : KubernetesObject;

    /// <summary>Deletes an object of a resource; one with finalizers or a grace period only begins to go.</summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>; 409 <c>Conflict</c>: not the identity or version asked for.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> is null.</exception>
    void Delete(ResourceType resource, NamespacedName name, DeleteOptions? options = null);
}
