using KubeSim.Api;

namespace KubeSim.ApiServer.Patching;

/// <summary>A change of an object as a client describes it.</summary>
/// <param name="Type">How it is meant.</param>
/// <param name="Body">What it says.</param>
internal sealed record ObjectPatch(PatchType Type, JsonValue Body)
{
    /// <summary>The object after the change.</summary>
    /// <exception cref="ApiException">The patch cannot be applied.</exception>
    internal JsonValue Apply(JsonValue target, ResourceType resource) => Type switch
    {
        PatchType.Merge => MergePatch.Apply(target, Body),
        PatchType.StrategicMerge => new StrategicMergePatch(resource).Apply(target, Body),
        _ => JsonPatch.Apply(target, Body),
    };
}
