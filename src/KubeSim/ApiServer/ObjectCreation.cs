using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>How an object comes into the store.</summary>
/// <source>kubernetes v1.36, apiserver pkg/registry/rest/create.go and pkg/registry/generic/registry/store.go</source>
internal sealed class ObjectCreation(ObjectStore store, Admission admission, Identities identities, VirtualClock clock)
{
    private const int NamesToTry = 8;

    internal KubernetesObject Create(KubernetesObject value)
    {
        ResourceType resource = value.Resource;
        if (!KnownResources.MayBeServed(resource) || store.HasRivalOf(resource))
        {
            throw Refusal.NoSuchKind(resource);
        }

        ObjectMeta given = value.Metadata;
        if (!string.IsNullOrEmpty(given.ResourceVersion))
        {
            throw Refusal.ServerError("resourceVersion should not be set on objects to be created");
        }

        string space = !resource.IsNamespaced ? "" : given.Namespace.Length == 0 ? NamespaceRules.Default : given.Namespace;
        if (resource.IsNamespaced)
        {
            NamespaceRules.CheckEntry(store, resource, space, given.Name);
        }

        string name = given.Name.Length > 0 || string.IsNullOrEmpty(given.GenerateName) ? given.Name : FreeName(resource, space, given.GenerateName);
        value = value is Pod pod ? PodPriority.Resolve(store, PodBinding.WithTopology(store, pod)) : value;
        value = admission.Create(value with
        {
            Metadata = value.Metadata with
            {
                Name = name,
                Namespace = space,
                Uid = identities.NextUid(),
                CreationTimestamp = WholeSeconds(clock),
                Generation = Generation.Of(value),
                DeletionTimestamp = null,
                DeletionGracePeriodSeconds = null,
            },
        });
        KubernetesObject? present = store.Find(resource, new(space, name));
        if (name.Length == 0 || present is not null)
        {
            admission.Abandon(value);
            throw present is not null
                ? Refusal.AlreadyExists(resource, name, isBeingDeleted: present.Metadata.DeletionTimestamp is not null)
                : Refusal.Invalid(resource, "", new StatusCause("FieldValueRequired", "Required value: name or generateName is required", "metadata.name"));
        }

        return store.Put(value);
    }

    /// <summary>The present time as objects carry it.</summary>
    internal static DateTimeOffset WholeSeconds(VirtualClock clock) => WholeSeconds(clock.GetUtcNow());

    /// <summary>A time as objects carry it.</summary>
    internal static DateTimeOffset WholeSeconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private string FreeName(ResourceType resource, string space, string prefix)
    {
        string name = "";
        for (int tried = 0; tried < NamesToTry; tried++)
        {
            name = identities.NextName(resource, space, prefix);
            if (store.Find(resource, new(space, name)) is null)
            {
                return name;
            }
        }

        throw Refusal.NoFreeName(resource, name);
    }
}
