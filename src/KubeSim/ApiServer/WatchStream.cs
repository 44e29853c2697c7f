using System.Globalization;
using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>A client's watch: for each subscriber a list, or what has changed since a version, and then every change.</summary>
/// <source>kubernetes v1.36, apiserver pkg/storage/cacher</source>
internal sealed class WatchStream<T>(ObjectStore store, ListOptions? options) : IObservable<WatchEvent<T>>
    where T : KubernetesObject
{
    public IDisposable Subscribe(IObserver<WatchEvent<T>> observer)
    {
        ObjectTable<T> table = store.Table<T>();
        var selection = new Selection(table.Resource, options);
        bool isWhole = selection.IsWholeNamespace;
        IEnumerable<ObjectChange<T>> beginning = Beginning(table, selection, options?.ResourceVersion);
        var events = new Broadcast<WatchEvent<T>>();
        IDisposable subscriber = events.Subscribe(observer);
        var subscription = new Subscription<T>(change => Publish(events, change, isWhole ? null : selection), selection.Namespace, store.Version, subscriber);
        return subscription.Start(table.Changes, beginning, events.Complete);
    }

    private static IEnumerable<ObjectChange<T>> Beginning(ObjectTable<T> table, Selection selection, string? from)
    {
        if (string.IsNullOrEmpty(from) || from == "0")
        {
            return table.List(selection.Namespace).Select(static value => new ObjectChange<T>(WatchEventType.Added, value, null));
        }

        if (!ulong.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out ulong version))
        {
            throw Refusal.ServerError($"resourceVersion: Invalid value: \"{from}\": strconv.ParseUint: parsing \"{from}\": invalid syntax");
        }

        if (version < (ulong)table.Window.Beginning)
        {
            throw Refusal.Expired(string.Create(CultureInfo.InvariantCulture, $"too old resource version: {version} ({table.Window.Beginning})"));
        }

        return table.Window.Since((long)Math.Min(version, long.MaxValue))
            .Where(change => selection.Namespace is null || change.Object.Metadata.Namespace == selection.Namespace);
    }

    /// <summary>With selectors an object that begins to match is added, and one that stops is deleted.</summary>
    private static void Publish(Broadcast<WatchEvent<T>> events, ObjectChange<T> change, Selection? selection)
    {
        if (selection is null)
        {
            events.Publish(new WatchEvent<T>(change.Type, change.Object));
            return;
        }

        bool did = change.Previous is not null && selection.Matches(change.Previous);
        bool does = change.Type != WatchEventType.Deleted && selection.Matches(change.Object);
        if (did || does)
        {
            events.Publish(new WatchEvent<T>(!did ? WatchEventType.Added : !does ? WatchEventType.Deleted : WatchEventType.Modified, change.Object));
        }
    }
}
