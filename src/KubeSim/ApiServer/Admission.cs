using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;
using KubeSim.ApiServer.Validation;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>
/// What stands between a request and the store: fills in defaults, allocates addresses and ports, and refuses what is not valid.
/// An object that is complete already comes back as the same instance, but for a status that is not the request's to set.
/// </summary>
internal sealed class Admission
{
    /// <summary>The status of a new ReplicaSet: the number is always there.</summary>
    private static readonly ReplicaSetStatus NoReplicas = new() { Replicas = 0 };

    private readonly ServiceAdmission _services;
    private readonly PodSpecMemo _podSpecs = new();

    /// <param name="options">The ranges to allocate from.</param>
    /// <param name="random">Where to fork the allocators' randomness from.</param>
    /// <exception cref="ArgumentException">The ranges are not one, or one of each family; or the node ports are no ports.</exception>
    public Admission(ApiServerOptions options, DeterministicRandom random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        _services = new ServiceAdmission(options, random);
    }

    /// <summary>Completes and checks a new object, which has its name already; its status is what a new object's status is.</summary>
    /// <returns>The object to store. What was allocated for it is held until <see cref="Abandon"/> or <see cref="Released"/>.</returns>
    /// <exception cref="ApiException">It is not valid, or nothing is left to allocate; nothing stays allocated.</exception>
    public KubernetesObject Create(KubernetesObject value)
    {
        if (value is Service service)
        {
            return _services.Create(service);
        }

        var errors = new FieldErrors();
        var ofSpec = new FieldErrors();
        value = Complete(value, ofSpec);
        ObjectValidator.Check(errors, value, ofSpec);
        errors.ThrowIfAny(value);
        return value;
    }

    /// <summary>Gives back what <see cref="Create"/> allocated for an object that was not stored after all.</summary>
    public void Abandon(KubernetesObject created) => Released(created);

    /// <summary>Completes and checks a change of anything but the status, which stays the old one's.</summary>
    /// <returns>The object to store; what it no longer has was released.</returns>
    /// <exception cref="ApiException">It is not valid; nothing changed.</exception>
    public KubernetesObject Update(KubernetesObject old, KubernetesObject value)
    {
        value = SystemFields.Keep(old, value);
        if (value is Service service)
        {
            return _services.Update((Service)old, service);
        }

        value = StatusPart.From(old, CompleteChange(value));
        var errors = new FieldErrors();
        ObjectValidator.CheckUpdate(errors, old, value);
        errors.ThrowIfAny(value);
        return value;
    }

    /// <summary>Completes and checks a change of the status; everything else stays the old one's, but for the labels and annotations.</summary>
    /// <exception cref="ApiException">It is not valid.</exception>
    public KubernetesObject UpdateStatus(KubernetesObject old, KubernetesObject value)
    {
        value = SystemFields.Keep(old, value);
        if (value is Service service)
        {
            return ServiceAdmission.UpdateStatus((Service)old, service);
        }

        value = WithSpecOf(old, value);
        var errors = new FieldErrors();
        ObjectValidator.CheckStatus(errors, old, value);
        errors.ThrowIfAny(value);
        return value;
    }

    /// <summary>Gives back what an object held that is gone from the store.</summary>
    public void Released(KubernetesObject gone)
    {
        if (gone is Service service)
        {
            _services.Release(service);
        }
    }

    /// <summary>Takes back what was allocated and given up for a write that is not made after all. Of several, the latest first.</summary>
    public void Undo(in StagedWrite write)
    {
        if (!write.IsRemoval)
        {
            Released(write.Value);
        }

        if (write.Before is Service service)
        {
            _services.Reinstate(service);
        }
    }

    private KubernetesObject Complete(KubernetesObject value, FieldErrors errors) => value switch
    {
        Pod pod => Complete(pod, errors),
        EndpointSlice slice => EndpointDefaults.Complete(slice),
        Endpoints endpoints => EndpointDefaults.Complete(endpoints),
        Deployment deployment => WorkloadDefaults.Complete(deployment) with { Status = DeploymentStatus.Empty },
        ReplicaSet replicaSet => WorkloadDefaults.Complete(replicaSet) with { Status = NoReplicas },
        Node node => NodeDefaults.CompleteNew(node),
        Namespace space => NamespaceDefaults.CompleteNew(space),
        _ => value,
    };

    private Pod Complete(Pod pod, FieldErrors errors)
    {
        pod = AffinityLabels.Complete(pod);
        PodSpec spec = _podSpecs.Complete(pod.Spec, errors);
        PodStatus status = QualityOfService.NewStatus(spec);
        return ReferenceEquals(spec, pod.Spec) && ReferenceEquals(status, pod.Status) ? pod : pod with { Spec = spec, Status = status };
    }

    private static KubernetesObject CompleteChange(KubernetesObject value) => value switch
    {
        Pod pod when PodSpecDefaults.CompletePod(pod.Spec) is var spec && !ReferenceEquals(spec, pod.Spec) => pod with { Spec = spec },
        EndpointSlice slice => EndpointDefaults.Complete(slice),
        Endpoints endpoints => EndpointDefaults.Complete(endpoints),
        Deployment deployment => WorkloadDefaults.Complete(deployment),
        ReplicaSet replicaSet => WorkloadDefaults.Complete(replicaSet),
        Node node => NodeDefaults.Complete(node),
        Namespace space => NamespaceDefaults.Complete(space),
        _ => value,
    };

    private static KubernetesObject WithSpecOf(KubernetesObject old, KubernetesObject value) => (old, value) switch
    {
        (Pod before, Pod after) when !ReferenceEquals(before.Spec, after.Spec) => after with { Spec = before.Spec },
        (Deployment before, Deployment after) when !ReferenceEquals(before.Spec, after.Spec) => after with { Spec = before.Spec },
        (ReplicaSet before, ReplicaSet after) when !ReferenceEquals(before.Spec, after.Spec) => after with { Spec = before.Spec },
        (Node before, Node after) when !ReferenceEquals(before.Spec, after.Spec) => after with { Spec = before.Spec },
        (Namespace before, Namespace after) when !ReferenceEquals(before.Spec, after.Spec) => after with { Spec = before.Spec },
        _ => value,
    };
}
