namespace KubeSim.Api;

/// <summary>One change of one object, as a watch delivers it.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object as it is now; for a deletion its last state, with the version of the deletion.</param>
public readonly record struct WatchEvent<T>(WatchEventType Type, T Object)
    where T : KubernetesObject;
