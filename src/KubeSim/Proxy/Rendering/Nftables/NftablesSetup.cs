using KubeSim.Addressing;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>What is in the table whatever Services there are: written in each full sync.</summary>
/// <source>kubernetes v1.36, pkg/proxy/nftables/proxier.go: setupNFTables</source>
internal static class NftablesSetup
{
    public const string ClusterIPs = "cluster-ips";
    public const string NodePortIPs = "nodeport-ips";
    public const string HairpinConnections = "hairpin-connections";
    public const string ServiceIPs = "service-ips";
    public const string ServiceNodePorts = "service-nodeports";
    public const string NoEndpointServices = "no-endpoint-services";
    public const string NoEndpointNodePorts = "no-endpoint-nodeports";
    public const string FirewallIPs = "firewall-ips";
    public const string RejectChain = "reject-chain";
    public const string MarkForMasquerade = "mark-for-masquerade";

    private const string NodePortEndpointsCheck = "nodeport-endpoints-check";
    private const string ServiceEndpointsCheck = "service-endpoints-check";
    private const string FirewallCheck = "firewall-check";
    private const string ClusterIPsCheck = "cluster-ips-check";
    private const string Services = "services";
    private const string Masquerading = "masquerading";
    private const string FilterForward = "filter-forward";
    private const string FilterInput = "filter-input";
    private const string FilterOutput = "filter-output";
    private const string OnlyNew = "ct state new ";
    private const string NodePort = "meta l4proto . th dport vmap @";

    private static readonly (string Name, NftablesHook Hook)[] BaseChains =
    [
        ("filter-prerouting-pre-dnat", new("filter", "prerouting", -110, "dstnat - 10")),
        ("filter-output-pre-dnat", new("filter", "output", -110, "-110")),
        (FilterInput, new("filter", "input", 0, "filter")),
        (FilterForward, new("filter", "forward", 0, "filter")),
        (FilterOutput, new("filter", "output", 0, "filter")),
        ("nat-prerouting", new("nat", "prerouting", -100, "dstnat")),
        ("nat-output", new("nat", "output", -100, "-100")),
        ("nat-postrouting", new("nat", "postrouting", 100, "srcnat")),
    ];

    private static readonly (string To, string From, string When)[] Jumps =
    [
        (NodePortEndpointsCheck, FilterInput, OnlyNew),
        (ServiceEndpointsCheck, FilterInput, OnlyNew),
        (ServiceEndpointsCheck, FilterForward, OnlyNew),
        (ServiceEndpointsCheck, FilterOutput, OnlyNew),
        (FirewallCheck, "filter-prerouting-pre-dnat", OnlyNew),
        (FirewallCheck, "filter-output-pre-dnat", OnlyNew),
        (Services, "nat-output", ""),
        (Services, "nat-prerouting", ""),
        (Masquerading, "nat-postrouting", ""),
        (ClusterIPsCheck, FilterForward, OnlyNew),
        (ClusterIPsCheck, FilterOutput, OnlyNew),
    ];

    /// <summary>Writes the fixed part.</summary>
    /// <param name="transaction">What it goes into.</param>
    /// <param name="terms">The family's and the configuration's words.</param>
    /// <param name="remakesBaseChains">Once in the life of a kube-proxy: another release may have had other priorities, which only a new chain can have.</param>
    public static void Write(NftablesTransaction transaction, NftablesTerms terms, bool remakesBaseChains)
    {
        transaction.AddTable("rules for kube-proxy");
        AddChains(transaction, remakesBaseChains);
        AddMasquerading(transaction, terms);
        AddClusterIPs(transaction, terms);
        AddNodePortIPs(transaction, terms);
        AddNoEndpoints(transaction, terms);
        string service = $"{terms.AddressType} . inet_proto . inet_service : verdict";
        transaction.AddSet(FirewallIPs, service, "destinations that are subject to LoadBalancerSourceRanges");
        transaction.AddRule(FirewallCheck, ToService(terms, FirewallIPs));
        transaction.AddSet(ServiceIPs, service, "ClusterIP, ExternalIP and LoadBalancer IP traffic");
        transaction.AddSet(ServiceNodePorts, "inet_proto . inet_service : verdict", "NodePort traffic");
        MarkClusterIPs(transaction, terms);
        transaction.AddRule(Services, ToService(terms, ServiceIPs));
        transaction.AddRule(Services, terms.NodePortAddresses is null
            ? $"fib daddr type local {terms.NoLocalhost} {NodePort}{ServiceNodePorts}"
            : $"{terms.Ip} daddr @{NodePortIPs} {NodePort}{ServiceNodePorts}");
    }

    private static string ToService(NftablesTerms terms, string map) => $"{terms.Ip} daddr . {NodePort}{map}";

    private static void AddChains(NftablesTransaction transaction, bool remakesBaseChains)
    {
        foreach ((string name, _) in remakesBaseChains ? BaseChains : [])
        {
            transaction.AddChain(name);
            transaction.DeleteChain(name);
        }

        foreach ((string name, NftablesHook hook) in BaseChains)
        {
            transaction.AddChain(name, hook);
            transaction.FlushChain(name);
        }

        string before = "";
        foreach ((string to, string from, string when) in Jumps)
        {
            if (to != before)
            {
                transaction.AddChain(to);
                transaction.FlushChain(to);
                before = to;
            }

            transaction.AddRule(from, $"{when}jump {to}");
        }
    }

    private static void AddMasquerading(NftablesTransaction transaction, NftablesTerms terms)
    {
        string mark = terms.MarkValue;
        var unmark = new NftablesText($"mark set mark xor {mark}", $"meta mark set meta mark ^ {mark}");
        if (terms.Layout == NftablesLayout.Kubernetes134)
        {
            transaction.AddChain(MarkForMasquerade);
            transaction.FlushChain(MarkForMasquerade);
            transaction.AddRule(MarkForMasquerade, new($"mark set mark or {mark}", $"meta mark set meta mark | {mark}"));
            transaction.AddRule(Masquerading, new($"mark and {mark} == 0 return", $"meta mark & {mark} == 0x00000000 return"));
            transaction.AddRule(Masquerading, unmark);
            transaction.AddRule(Masquerading, "masquerade fully-random");
            return;
        }

        string address = terms.AddressType;
        transaction.AddSet(HairpinConnections, $"{address} . {address} . inet_proto . inet_service", "service hairpin connections");
        var isMarked = new NftablesText($"mark and {mark} != 0 ", $"meta mark & {mark} != 0x00000000 ");
        transaction.AddRule(Masquerading, isMarked + unmark + " masquerade fully-random");
        transaction.AddRule(Masquerading, $"ct status dnat {terms.Ip} saddr . {terms.Ip} daddr . meta l4proto . th dport @{HairpinConnections} masquerade fully-random");
    }

    private static void AddClusterIPs(NftablesTransaction transaction, NftablesTerms terms)
    {
        transaction.AddSet(ClusterIPs, terms.AddressType, "Active ClusterIPs");
        transaction.AddRule(ClusterIPsCheck, $"{terms.Ip} daddr @{ClusterIPs} reject", "Reject traffic to invalid ports of ClusterIPs");
        if (terms.ServiceCidrs.Count > 0)
        {
            NftablesText unallocated = (NftablesText)$"{terms.Ip} daddr " + NftablesAddressSet.Of(terms.ServiceCidrs, [], ",") + " drop";
            transaction.AddRule(ClusterIPsCheck, unallocated, "Drop traffic to unallocated ClusterIPs");
        }
    }

    /// <summary>Where every address counts the set goes away: added first, because what is not there cannot be deleted.</summary>
    private static void AddNodePortIPs(NftablesTransaction transaction, NftablesTerms terms)
    {
        transaction.AddSet(NodePortIPs, terms.AddressType, "IPs that accept NodePort traffic");
        if (terms.NodePortAddresses is null)
        {
            transaction.DeleteSet(NodePortIPs);
            return;
        }

        transaction.FlushSet(NodePortIPs);
        foreach (IpAddress address in terms.NodePortAddresses)
        {
            transaction.AddElement(NodePortIPs, new NftablesElement(address.ToString()));
        }
    }

    private static void AddNoEndpoints(NftablesTransaction transaction, NftablesTerms terms)
    {
        transaction.AddSet(NoEndpointServices, $"{terms.AddressType} . inet_proto . inet_service : verdict", "vmap to drop or reject packets to services with no endpoints");
        transaction.AddSet(NoEndpointNodePorts, "inet_proto . inet_service : verdict", "vmap to drop or reject packets to service nodeports with no endpoints");
        transaction.AddChain(RejectChain, comment: $"helper for @{NoEndpointServices} / @{NoEndpointNodePorts}");
        transaction.FlushChain(RejectChain);
        transaction.AddRule(RejectChain, "reject");
        transaction.AddRule(ServiceEndpointsCheck, ToService(terms, NoEndpointServices));

        // The input hook sees only what is for the node: no need to ask whether the address is local.
        string toNodePort = terms.NodePortAddresses is null ? terms.NoLocalhost : $"{terms.Ip} daddr @{NodePortIPs}";
        transaction.AddRule(NodePortEndpointsCheck, $"{toNodePort} {NodePort}{NoEndpointNodePorts}");
    }

    /// <summary>In the layout of 1.36, what goes to any ClusterIP from outside is marked before its port is looked up.</summary>
    private static void MarkClusterIPs(NftablesTransaction transaction, NftablesTerms terms)
    {
        if (terms.Layout == NftablesLayout.Kubernetes134)
        {
            return;
        }

        NftablesText toClusterIP = $"{terms.Ip} daddr @{ClusterIPs} ";
        if (terms.MasqueradeAll)
        {
            transaction.AddRule(Services, toClusterIP + terms.Mark, "masquerade all clusterIP traffic");
        }
        else if (terms.NotFromPod is { } notFromPod)
        {
            transaction.AddRule(Services, toClusterIP + notFromPod + terms.Mark, "masquerade clusterIP traffic from outside cluster");
        }
    }
}
