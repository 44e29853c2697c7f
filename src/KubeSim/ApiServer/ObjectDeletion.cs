using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>How an object leaves the store: at once, or first marked, then finished by whom it waits for.</summary>
/// <source>kubernetes v1.36, apiserver pkg/registry/rest/delete.go and pkg/registry/generic/registry/store.go</source>
internal sealed class ObjectDeletion(ObjectStore store, Admission admission, VirtualClock clock)
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";

    /// <summary>Whether an object that is being deleted waits for nobody any more.</summary>
    internal static bool IsOver(KubernetesObject value) =>
        value.Metadata is { DeletionTimestamp: not null, Finalizers.IsEmpty: true, DeletionGracePeriodSeconds: null or 0 }
        && value is not Namespace { Spec.Finalizers.IsEmpty: false };

    /// <summary>Deletes; the object as it is then, gone or only marked.</summary>
    internal KubernetesObject Delete(KubernetesObject old, DeleteOptions options)
    {
        Check(old, options);
        KubernetesObject value = WithPropagation(old, options.PropagationPolicy);
        if (old is Pod pod)
        {
            value = WithGracePeriod((Pod)value, GracePeriodOf(pod, options));
        }
        else if (old.Metadata.DeletionTimestamp is null && (!value.Metadata.Finalizers.IsEmpty || value is Namespace))
        {
            value = Marked(value, 0);
        }

        if (value is Namespace space)
        {
            NamespaceRules.CheckDeletion(space.Metadata.Name);
            value = space with { Status = space.Status with { Phase = NamespaceRules.Terminating } };
        }

        bool waits = !value.Metadata.Finalizers.IsEmpty || value.Metadata.DeletionGracePeriodSeconds > 0 || value is Namespace { Spec.Finalizers.IsEmpty: false };
        return !waits ? Remove(value) : value.Equals(old) ? old : store.Put(value);
    }

    /// <summary>Takes the object out, and what goes with it.</summary>
    internal KubernetesObject Remove(KubernetesObject value)
    {
        value = store.Remove(value);
        admission.Released(value);
        if (value is Service && store.Find(ResourceType.Endpoints, value.Name) is { } endpoints)
        {
            Delete(endpoints, new DeleteOptions());
        }

        return value;
    }

    private static void Check(KubernetesObject old, DeleteOptions options)
    {
        ObjectMeta meta = old.Metadata;
        if (options.Uid is not null && options.Uid != meta.Uid)
        {
            throw Refusal.Precondition(
                old.Resource,
                meta.Name,
                $"the UID in the precondition ({options.Uid}) does not match the UID in record ({meta.Uid}). The object might have been deleted and then recreated");
        }

        if (options.ResourceVersion is not null && options.ResourceVersion != meta.ResourceVersion)
        {
            throw Refusal.Precondition(
                old.Resource,
                meta.Name,
                $"the ResourceVersion in the precondition ({options.ResourceVersion}) does not match the ResourceVersion in record ({meta.ResourceVersion}). The object might have been modified");
        }
    }

    /// <summary>Notes in the finalizers what shall become of the dependents, for the garbage collector.</summary>
    private static KubernetesObject WithPropagation(KubernetesObject value, string? policy)
    {
        string? wanted = policy switch
        {
            null => null,
            "Background" => "",
            "Foreground" => Foreground,
            "Orphan" => Orphan,
            _ => throw Refusal.BadPropagationPolicy(policy),
        };
        if (wanted is null)
        {
            return value;
        }

        string[] finalizers = [.. value.Metadata.Finalizers.Where(finalizer => finalizer is not (Foreground or Orphan)), .. wanted.Length == 0 ? (string[])[] : [wanted]];
        return value.Metadata.Finalizers.AsSpan().SequenceEqual(finalizers) ? value : value with { Metadata = value.Metadata with { Finalizers = [.. finalizers] } };
    }

    /// <summary>A Pod that has not begun or has ended needs no time; a negative period counts as the shortest.</summary>
    private static long GracePeriodOf(Pod pod, DeleteOptions options)
    {
        long period = options.GracePeriodSeconds ?? pod.Metadata.DeletionGracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? 30;
        return string.IsNullOrEmpty(pod.Spec.NodeName) || pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed ? 0 : period < 0 ? 1 : period;
    }

    private Pod WithGracePeriod(Pod pod, long seconds)
    {
        if (pod.Metadata is not { DeletionTimestamp: { } due, DeletionGracePeriodSeconds: { } before })
        {
            return (Pod)Marked(pod, seconds);
        }

        // Another deletion may only shorten the time.
        return seconds >= before ? pod : pod with
        {
            Metadata = pod.Metadata with { DeletionTimestamp = due.AddSeconds(seconds - before), DeletionGracePeriodSeconds = seconds },
        };
    }

    private KubernetesObject Marked(KubernetesObject value, long seconds) => value with
    {
        Metadata = value.Metadata with
        {
            DeletionTimestamp = ObjectCreation.WholeSeconds(clock).AddSeconds(seconds),
            DeletionGracePeriodSeconds = seconds,
            Generation = value.Metadata.Generation + 1,
        },
    };
}
