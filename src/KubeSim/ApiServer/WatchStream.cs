using System.Globalization;
using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>A client's watch: for each subscriber a list, or what has changed since a version, and then every change.</summary>
/// <source>kubernetes v1.36, apiserver pkg/storage/cacher</source>
internal sealed class WatchStream<T>(ObjectStore store, ObjectTable<T> table, ListOptions? options) : IObservable<WatchEvent<T>>
    where T : KubernetesObject
{
    public IDisposable Subscribe(IObserver<WatchEvent<T>> observer)
    {
        var selection = new Selection(table.Resource, options);
        long from = Version(options?.ResourceVersion);
        IEnumerable<ObjectChange<T>> beginning = from == 0
            ? table.List(selection.Namespace).Select(static value => new ObjectChange<T>(WatchEventType.Added, value, null))
            : Since(table.Window, from);
        Action<WatchEvent<T>> next = Broadcast<WatchEvent<T>>.HandlerOf(observer);
        Action<ObjectChange<T>> handler = selection.IsWholeNamespace
            ? change => next(new WatchEvent<T>(change.Type, change.Object))
            : change => Translate(change, selection, next);
        bool isInFuture = from > store.Version;
        return table.Changes.Subscribe(
            beginning, isInFuture || selection.Namespace is not null ? new ChangeFilter<T>(handler, selection.Namespace, from).Take : handler, observer.OnCompleted);
    }

    /// <summary>Behind which version to begin; 0 for the present objects.</summary>
    private static long Version(string? text) =>
        string.IsNullOrEmpty(text) ? 0
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong version) ? (long)Math.Min(version, long.MaxValue)
        : throw Refusal.ServerError($"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");

    private static List<ObjectChange<T>> Since(ChangeWindow<T> window, long version) => version >= window.Beginning ? window.Since(version)
        : throw Refusal.Expired(string.Create(CultureInfo.InvariantCulture, $"too old resource version: {version} ({window.Beginning})"));

    /// <summary>With selectors an object that begins to match is added, and one that stops is deleted.</summary>
    private static void Translate(ObjectChange<T> change, Selection selection, Action<WatchEvent<T>> next)
    {
        bool did = change.Previous is not null && selection.Matches(change.Previous);
        bool does = change.Type != WatchEventType.Deleted && selection.Matches(change.Object);
        if (did || does)
        {
            // What leaves the selection is told as it was when it still matched, with the version of the change.
            T value = does || change.Type == WatchEventType.Deleted ? change.Object
                : change.Previous! with { Metadata = change.Previous!.Metadata with { ResourceVersion = change.Object.Metadata.ResourceVersion } };
            next(new WatchEvent<T>(!did ? WatchEventType.Added : !does ? WatchEventType.Deleted : WatchEventType.Modified, value));
        }
    }
}
