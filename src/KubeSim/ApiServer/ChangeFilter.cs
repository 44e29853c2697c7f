using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>Lets through what one subscriber has not been told yet and wants to know; objects that were there at the beginning have version 0.</summary>
/// <param name="handler">Who gets the rest.</param>
/// <param name="space">Only changes of this namespace; null for all.</param>
/// <param name="from">Changes up to this version of the store have been told.</param>
internal sealed class ChangeFilter<T>(Action<ObjectChange<T>> handler, string? space, long from)
    where T : KubernetesObject
{
    internal void Take(ObjectChange<T> change)
    {
        if ((change.Version > from || change.Version == 0) && (space is null || change.Object.Metadata.Namespace == space))
        {
            handler(change);
        }
    }
}
