namespace KubeSim.Controllers.EndpointSlices;

/// <summary>One label in one namespace: what the indexes look up.</summary>
internal readonly record struct LabelKey(string Namespace, string Key, string Value);
