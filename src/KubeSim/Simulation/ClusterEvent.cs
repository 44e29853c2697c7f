namespace KubeSim.Simulation;

/// <summary>One line of what happened in a cluster.</summary>
/// <param name="At">When: elapsed virtual time since the cluster's start.</param>
/// <param name="Component">Who says so, for example <c>kube-proxy/node-1</c>.</param>
/// <param name="Message">What happened, in English, the same in every culture.</param>
public sealed record ClusterEvent(TimeSpan At, string Component, string Message);
