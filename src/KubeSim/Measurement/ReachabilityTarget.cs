namespace KubeSim.Measurement;

/// <summary>One target of a <see cref="Reachability"/> table.</summary>
/// <param name="Heading">What kind of address it is, for example <c>NodePort</c>; empty for a name.</param>
/// <param name="Text">What is dialled, for example <c>10.96.41.7:80</c> or <c>web:80</c>.</param>
public readonly record struct ReachabilityTarget(string Heading, string Text)
{
    internal static ReachabilityTarget Of(Frontend frontend) => new(frontend.Kind.ToString(), frontend.Address.ToString());
}
