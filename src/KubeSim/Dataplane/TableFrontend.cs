using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>A rule as found under one of its addresses, before the rules that claim the same address and lose.</summary>
internal sealed class TableFrontend(FrontendKind kind, ServiceRule rule, TableFrontend? next)
{
    public FrontendKind Kind => kind;

    public ServiceRule Rule => rule;

    /// <summary>ClusterIPs first, as kube-proxy looks them up; then by name, so that it does not matter who came first.</summary>
    public static TableFrontend Insert(TableFrontend? chain, FrontendKind kind, ServiceRule rule) =>
        chain is null || IsBefore(kind, rule, chain)
            ? new(kind, rule, chain)
            : new(chain.Kind, chain.Rule, Insert(chain._next, kind, rule));

    /// <summary>The chain without the frontend of that kind of that service port.</summary>
    public static TableFrontend? Remove(TableFrontend? chain, FrontendKind kind, ServicePortName name) =>
        chain is null ? null
        : chain.Kind == kind && chain.Rule.Name.Equals(name) ? chain._next
        : new(chain.Kind, chain.Rule, Remove(chain._next, kind, name));

    private readonly TableFrontend? _next = next;

    private static bool IsBefore(FrontendKind kind, ServiceRule rule, TableFrontend other) =>
        kind != other.Kind ? kind < other.Kind : rule.Name.CompareTo(other.Rule.Name) < 0;
}
