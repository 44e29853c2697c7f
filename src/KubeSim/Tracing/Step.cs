using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Tracing;

/// <summary>What happened to a packet at one place. As text it is a verb, what it did, and often a detail.</summary>
public abstract record Step
{
    private readonly Deferred<EquatableArray<RuleReference>> _rules;

    private Step()
    {
    }

    /// <summary>One word for the kind of step, such as <c>dnat</c>.</summary>
    public abstract string Verb { get; }

    /// <summary>What was done.</summary>
    public abstract string What { get; }

    /// <summary>What else is worth knowing; empty where nothing is.</summary>
    public virtual string Detail => "";

    /// <summary>The rules on the node that decided this step, in the order in which the packet met them.</summary>
    /// <value>Empty where no rule of kube-proxy decided.</value>
    public EquatableArray<RuleReference> Rules
    {
        get => _rules.Value;
        init => _rules = new(value);
    }

    /// <summary>The object behind the decision, for example <c>service/default/web</c>; null where there is none.</summary>
    public string? Object { get; init; }

    /// <summary>The field of it that decided, for example <c>spec.externalTrafficPolicy</c>; null where there is none.</summary>
    public string? Field { get; init; }

    internal Deferred<EquatableArray<RuleReference>> RulesWhenRead
    {
        init => _rules = value;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A name was looked up.</summary>
    /// <param name="Name">The name as it was asked.</param>
    /// <param name="Answer">What came of it, for example <c>web.default.svc.cluster.local = 10.96.41.7</c>.</param>
    /// <param name="AnsweredBy">Who said so, for example <c>answered by kube-dns, ttl 30 s</c>.</param>
    public sealed record Dns(string Name, string Answer, string AnsweredBy) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "dns";

        /// <inheritdoc/>
        public override string What => Text($"{Name} → {Answer}");

        /// <inheritdoc/>
        public override string Detail => AnsweredBy;
    }

    /// <summary>The destination is an address of a Service.</summary>
    /// <param name="Destination">Where the packet was going.</param>
    /// <param name="Kind">What kind of address that is.</param>
    /// <param name="Service">The Service, for example <c>default/web</c>.</param>
    /// <param name="PortName">The port's name; empty where it has none.</param>
    /// <param name="Usable">How many endpoints may be picked from.</param>
    /// <param name="Total">How many endpoints the Service has on that port.</param>
    /// <param name="Policy">The traffic policy that applies: Cluster or Local, and why where it is not the Service's own.</param>
    public sealed record ServiceMatch(IpPort Destination, FrontendKind Kind, string Service, string PortName, int Usable, int Total, string Policy) : Step
    {
        private readonly Deferred<EndpointChoice> _endpoints;

        /// <summary>The endpoints that could be picked, in the order of the node's list.</summary>
        public EquatableArray<IpPort> Candidates
        {
            get => _endpoints.Value.Candidates;
            init => _endpoints = new(_endpoints.Value with { Candidates = value });
        }

        /// <summary>The endpoints that the EndpointSlices list and that could not be picked, as far as the node's kube-proxy has heard.</summary>
        public EquatableArray<LeftOut> LeftOut
        {
            get => _endpoints.Value.LeftOut;
            init => _endpoints = new(_endpoints.Value with { LeftOut = value });
        }

        /// <summary>Why topology hints had no say though some endpoint has one; null where they had, or where there are none.</summary>
        public string? HintsIgnored
        {
            get => _endpoints.Value.HintsIgnored;
            init => _endpoints = new(_endpoints.Value with { HintsIgnored = value });
        }

        /// <summary>The field of the Service that <see cref="Policy"/> tells, such as <c>spec.internalTrafficPolicy</c>.</summary>
        public string PolicyField => Kind == FrontendKind.ClusterIP ? "spec.internalTrafficPolicy" : "spec.externalTrafficPolicy";

        internal Deferred<EndpointChoice> EndpointsWhenRead
        {
            init => _endpoints = value;
        }

        /// <inheritdoc/>
        public override string Verb => "service";

        /// <inheritdoc/>
        public override string What => Text($"{Destination} is {Words.Of(Kind)} of {Service}{(PortName.Length == 0 ? "" : $" ({PortName})")}");

        /// <inheritdoc/>
        public override string Detail => Text($"{Usable} of {Total} endpoints usable, policy {Policy}");
    }

    /// <summary>The destination is no address that a Service answers on.</summary>
    /// <param name="Destination">Where the packet goes on to.</param>
    public sealed record NoMatch(IpPort Destination) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "service";

        /// <inheritdoc/>
        public override string What => Text($"{Destination} is no address of a Service");
    }

    /// <summary>An endpoint was picked.</summary>
    /// <param name="Policy">The name of the load-balancing policy.</param>
    /// <param name="Endpoint">The one picked.</param>
    /// <param name="Among">Of how many.</param>
    public sealed record Balance(string Policy, IpPort Endpoint, int Among) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "balance";

        /// <inheritdoc/>
        public override string What => Policy;

        /// <inheritdoc/>
        public override string Detail => Text($"{Endpoint}, 1 in {Among}");
    }

    /// <summary>The client was here before and goes to the same endpoint.</summary>
    /// <param name="Client">The client's address as the node sees it.</param>
    /// <param name="Endpoint">Its endpoint.</param>
    /// <param name="Age">How long ago its last new connection was.</param>
    /// <param name="Timeout">How long it stays without one.</param>
    public sealed record AffinityHit(IpAddress Client, IpPort Endpoint, TimeSpan Age, TimeSpan Timeout) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "affinity";

        /// <inheritdoc/>
        public override string What => Text($"{Client} stays with {Endpoint}");

        /// <inheritdoc/>
        public override string Detail => Text($"last seen {Words.Of(Age)} ago, kept for {Words.Of(Timeout)}");
    }

    /// <summary>The client was here before, but too long ago; an endpoint is picked anew.</summary>
    /// <param name="Client">The client's address as the node sees it.</param>
    /// <param name="Endpoint">The endpoint it had.</param>
    /// <param name="Age">How long ago its last new connection was.</param>
    /// <param name="Timeout">How long it would have stayed.</param>
    public sealed record AffinityExpired(IpAddress Client, IpPort Endpoint, TimeSpan Age, TimeSpan Timeout) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "affinity";

        /// <inheritdoc/>
        public override string What => Text($"{Client} no longer stays with {Endpoint}");

        /// <inheritdoc/>
        public override string Detail => Text($"last seen {Words.Of(Age)} ago, kept for {Words.Of(Timeout)}");
    }

    /// <summary>The destination was rewritten.</summary>
    /// <param name="Before">Where the packet was going.</param>
    /// <param name="After">Where it goes now.</param>
    public sealed record Dnat(IpPort Before, IpPort After) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "dnat";

        /// <inheritdoc/>
        public override string What => Text($"{Before} → {After}");
    }

    /// <summary>The source was rewritten to an address of the node.</summary>
    /// <param name="Before">Where the packet came from.</param>
    /// <param name="After">Where it comes from now.</param>
    /// <param name="Why">What asked for it.</param>
    public sealed record Masquerade(IpPort Before, IpPort After, string Why) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "snat";

        /// <inheritdoc/>
        public override string What => Text($"{Before} → {After}");

        /// <inheritdoc/>
        public override string Detail => Why;
    }

    /// <summary>The packet goes on to another machine.</summary>
    /// <param name="To">Its name.</param>
    public sealed record Forward(string To) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "forward";

        /// <inheritdoc/>
        public override string What => Text($"to {To}");
    }

    /// <summary>A load balancer in front of the cluster took the packet.</summary>
    /// <param name="Address">The address it answers on.</param>
    /// <param name="Node">The node it sends to.</param>
    /// <param name="Among">Of how many nodes.</param>
    public sealed record LoadBalancerDevice(IpPort Address, string Node, int Among) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "balance";

        /// <inheritdoc/>
        public override string What => Text($"{Address} to {Node}");

        /// <inheritdoc/>
        public override string Detail => Text($"1 in {Among} nodes, by flow hash");
    }

    /// <summary>The packet reached its server.</summary>
    /// <param name="Server">What serves, for example <c>pod default/web-0</c>.</param>
    /// <param name="Address">The address and port it listens on.</param>
    /// <param name="SourceSeen">Where the packet comes from, as the server sees it.</param>
    public sealed record Deliver(string Server, IpPort Address, IpPort SourceSeen) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "deliver";

        /// <inheritdoc/>
        public override string What => Text($"{Server} ({Address})");

        /// <inheritdoc/>
        public override string Detail => Text($"server sees {SourceSeen}");
    }

    /// <summary>The packet was answered: nobody is there.</summary>
    /// <param name="Why">Who answered, and what.</param>
    public sealed record Reject(string Why) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "reject";

        /// <inheritdoc/>
        public override string What => Why;
    }

    /// <summary>The packet was lost without an answer.</summary>
    /// <param name="Why">What dropped it.</param>
    public sealed record Drop(string Why) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "drop";

        /// <inheritdoc/>
        public override string What => Why;
    }

    /// <summary>The packet belongs to a flow that the node knows, and is translated as its first packet was.</summary>
    /// <param name="Original">The flow as the client sends it.</param>
    /// <param name="Destination">Where its packets go.</param>
    public sealed record ConntrackHit(Flow Original, IpPort Destination) : Step
    {
        /// <inheritdoc/>
        public override string Verb => "conntrack";

        /// <inheritdoc/>
        public override string What => Original.ToString();

        /// <inheritdoc/>
        public override string Detail => Text($"known flow, goes to {Destination}");
    }
}
