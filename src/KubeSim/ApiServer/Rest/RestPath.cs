using KubeSim.Api;

namespace KubeSim.ApiServer.Rest;

/// <summary>What a path of the server means.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Namespace">The namespace; empty for all, and for what is in none.</param>
/// <param name="Name">One object's name; empty for the collection.</param>
/// <param name="Subresource">A part of the object, for example <c>status</c>; empty for the object.</param>
/// <source>kubernetes v1.36, apiserver pkg/endpoints/request/requestinfo.go</source>
internal sealed record RestPath(ResourceType Resource, string Namespace, string Name, string Subresource)
{
    private const string Namespaces = "namespaces";

    /// <summary>Whether it is of one object.</summary>
    internal bool IsObject => Name.Length > 0;

    internal NamespacedName ObjectName => new(Namespace, Name);

    /// <summary>Reads a path; null where nothing is served there.</summary>
    internal static RestPath? Parse(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["api", "v1", .. var core])
        {
            return Parse("v1", core);
        }

        return parts is ["apis", var group, var version, .. var rest] ? Parse($"{group}/{version}", rest) : null;
    }

    private static RestPath? Parse(string apiVersion, string[] parts)
    {
        string space = "";
        if (apiVersion == "v1" && parts is [Namespaces, _] or [Namespaces, _, "status" or "finalize"])
        {
            return Of(apiVersion, "", parts);
        }

        if (parts is [Namespaces, var named, _, ..])
        {
            space = named;
            parts = parts[2..];
        }

        return Of(apiVersion, space, parts);
    }

    private static RestPath? Of(string apiVersion, string space, string[] parts) =>
        parts.Length is 0 or > 3 || ServedResources.Find(apiVersion, parts[0]) is not { } resource || (space.Length > 0 && !resource.IsNamespaced)
            ? null : new RestPath(resource, space, parts.Length > 1 ? parts[1] : "", parts.Length > 2 ? parts[2] : "");
}
