using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>How an object leaves the store: at once, or first marked, then finished by whom it waits for.</summary>
/// <source>kubernetes v1.36, apiserver pkg/registry/rest/delete.go and pkg/registry/generic/registry/store.go</source>
internal sealed class ObjectDeletion(ObjectStore store, Admission admission, VirtualClock clock)
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";
    private const long DefaultGracePeriod = 30;

    /// <summary>Whether an object that is being deleted waits for nobody any more.</summary>
    internal static bool IsOver(KubernetesObject value) =>
        value.Metadata is { DeletionTimestamp: not null, Finalizers.IsEmpty: true, DeletionGracePeriodSeconds: null or 0 }
        && value is not Namespace { Spec.Finalizers.IsEmpty: false };

    /// <summary>Deletes; the object as it is then, gone or only marked.</summary>
    internal KubernetesObject Delete(KubernetesObject old, DeleteOptions options)
    {
        if (old is Namespace)
        {
            NamespaceRules.CheckDeletion(old.Metadata.Name);
        }

        Check(old, options);
        return old switch
        {
            Pod pod => Delete(pod, options),
            Namespace space => Delete(space, options),
            _ when WithPropagation(old, options.PropagationPolicy) is { Metadata.Finalizers.IsEmpty: false } held => Put(old, Marked(held)),
            _ => Remove(old),
        };
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

    /// <summary>A Pod is marked in any case, also when it goes at once: the real server writes twice.</summary>
    private KubernetesObject Delete(Pod pod, DeleteOptions options)
    {
        long? asked = options.GracePeriodSeconds < 0 ? 1 : options.GracePeriodSeconds;
        Pod marked;
        if (pod.Metadata is { DeletionTimestamp: { } due, DeletionGracePeriodSeconds: { } before })
        {
            // Another deletion may only shorten the time.
            if (asked is not { } seconds || seconds >= before)
            {
                return pod;
            }

            marked = pod with { Metadata = pod.Metadata with { DeletionTimestamp = Later(due, seconds - before), DeletionGracePeriodSeconds = seconds } };
        }
        else
        {
            marked = (Pod)Marked(WithPropagation(pod, options.PropagationPolicy), GracePeriodOf(pod, asked));
        }

        KubernetesObject stored = store.Put(marked);
        return IsOver(stored) ? Remove(stored) : stored;
    }

    /// <summary>A namespace stays, and lets nobody in, until it has been emptied.</summary>
    private KubernetesObject Delete(Namespace space, DeleteOptions options)
    {
        if (space.Metadata.DeletionTimestamp is null)
        {
            space = (Namespace)WithPropagation(space, options.PropagationPolicy);
            space = (Namespace)store.Put(space with
            {
                Metadata = space.Metadata with { DeletionTimestamp = ObjectCreation.WholeSeconds(clock) },
                Status = space.Status with { Phase = NamespaceRules.Terminating },
            });
        }

        return IsOver(space) ? Remove(space) : space;
    }

    private KubernetesObject Put(KubernetesObject old, KubernetesObject value) => value.Equals(old) ? old : store.Put(value);

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

    /// <summary>A Pod that has not begun or has ended needs no time.</summary>
    private static long GracePeriodOf(Pod pod, long? asked) =>
        string.IsNullOrEmpty(pod.Spec.NodeName) || pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed ? 0
        : (asked ?? pod.Spec.TerminationGracePeriodSeconds ?? DefaultGracePeriod) is >= 0 and var seconds ? seconds
        : 1;

    /// <summary>At most the end of the calendar: a grace period may be any number.</summary>
    private static DateTimeOffset Later(DateTimeOffset time, long seconds) =>
        seconds > (DateTimeOffset.MaxValue - time).Ticks / TimeSpan.TicksPerSecond ? ObjectCreation.WholeSeconds(DateTimeOffset.MaxValue) : time.AddSeconds(seconds);

    private KubernetesObject Marked(KubernetesObject value, long seconds = 0) => value.Metadata.DeletionTimestamp is not null ? value : value with
    {
        Metadata = value.Metadata with
        {
            DeletionTimestamp = Later(ObjectCreation.WholeSeconds(clock), seconds),
            DeletionGracePeriodSeconds = seconds,
            Generation = value.Metadata.Generation + 1,
        },
    };
}
