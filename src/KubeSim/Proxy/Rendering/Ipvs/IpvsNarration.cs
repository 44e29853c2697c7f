using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Iptables;
using KubeSim.Tracing;

namespace KubeSim.Proxy.Rendering.Ipvs;

/// <summary>
/// Which virtual server (<c>ipvsadm -Sn</c>), and which of the few rules of iptables beside it, decide each stage of a packet's passage. Those rules
/// look addresses up in ipsets.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/ipvs/proxier.go: writeIptablesRules, syncProxyRules; pkg/proxy/ipvs/ipset.go</source>
internal sealed class IpvsNarration
{
    private const string NodePortChain = "KUBE-NODE-PORT";
    private const string LoadBalancerChain = "KUBE-LOAD-BALANCER";
    private const string SourceRangesChain = "KUBE-SOURCE-RANGES-FIREWALL";
    private const int LongestSetName = 31;

    private readonly ServicePassage _passage;
    private readonly IptablesSettings _settings;
    private readonly bool _isIPv6;
    private readonly List<RuleReference> _rules = [];

    private IpvsNarration(ServicePassage passage)
    {
        _passage = passage;
        _isIPv6 = passage.Flow.Destination.Address.IsIPv6;
        _settings = new IptablesSettings(passage.Node, _isIPv6);
    }

    private string Word => IptablesMatch.NameOf(_passage.Flow.Protocol);

    public static EquatableArray<RuleReference> Rules(ServicePassage passage, RuleStage stage)
    {
        var narration = new IpvsNarration(passage);
        switch (stage)
        {
            case RuleStage.Match:
                narration.AddVirtualServer();
                break;
            case RuleStage.Pick or RuleStage.Translate:
                narration.AddRealServer();
                break;
            case RuleStage.Masquerade:
                narration.AddMasquerade();
                break;
            default:
                narration.AddRefusal();
                break;
        }

        return [.. narration._rules];
    }

    /// <summary>For example <c>-A -t 10.96.0.10:80 -s rr -p 10800</c>.</summary>
    private void AddVirtualServer()
    {
        string persistence = _passage.Rule!.AffinityTimeout is { } timeout ? string.Create(CultureInfo.InvariantCulture, $" -p {(int)timeout.TotalSeconds}") : "";
        AddServer($"-A {Server} -s {Scheduler}{persistence}");
    }

    private void AddRealServer() => AddServer($"-a {Server} -r {_passage.Picked!.Value.Address} -m -w 1");

    private void AddMasquerade()
    {
        if (_passage.Masquerade == MasqueradeReason.Hairpin)
        {
            Nat("KUBE-POSTROUTING", "", "Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose", "KUBE-LOOP-BACK dst,dst,src", "MASQUERADE");
            return;
        }

        if (_passage.Kind == FrontendKind.ClusterIP)
        {
            string notFromPod = _passage.Masquerade == MasqueradeReason.MasqueradeAll || _settings.FromPod is not { } fromPod ? "" : NotFrom(fromPod);
            Nat(IptablesChains.Services, notFromPod, "Kubernetes service cluster ip + port for masquerade purpose", "KUBE-CLUSTER-IP dst,dst", IptablesChains.MarkMasq);
        }
        else if (_passage.Kind == FrontendKind.ExternalIP)
        {
            Nat(IptablesChains.Services, "", "Kubernetes service external ip + port for masquerade and filter purpose", "KUBE-EXTERNAL-IP dst,dst", IptablesChains.MarkMasq);
        }
        else if (_passage.Kind == FrontendKind.LoadBalancer)
        {
            Nat(IptablesChains.Services, "", "Kubernetes service lb portal", "KUBE-LOAD-BALANCER dst,dst", LoadBalancerChain);
            Add("nat", LoadBalancerChain, "-j " + IptablesChains.MarkMasq);
        }
        else
        {
            AddNodePort();
        }

        IptablesNarration.AddMasquerade(_rules, _settings);
    }

    private void AddNodePort()
    {
        string protocol = Word.ToUpperInvariant();
        bool isSctp = _passage.Flow.Protocol == TransportProtocol.Sctp;
        string comment = $"Kubernetes nodeport {protocol} port for masquerade purpose{(isSctp ? " with type 'hash ip:port'" : "")}";
        Add("nat", IptablesChains.Services, "-m addrtype --dst-type LOCAL -j " + NodePortChain);
        Nat(NodePortChain, $"-p {Word} ", comment, isSctp ? "KUBE-NODE-PORT-SCTP-HASH dst,dst" : $"KUBE-NODE-PORT-{protocol} dst", IptablesChains.MarkMasq);
    }

    private void AddRefusal()
    {
        if (_passage.Reason == ReasonCode.SourceNotAllowed)
        {
            AddSetRule("filter", IptablesChains.ProxyFirewall, "", "Kubernetes service load balancer ip + port for load balancer with sourceRange", "KUBE-LOAD-BALANCER-FW dst,dst", SourceRangesChain);
            Add("filter", SourceRangesChain, "-j DROP");
        }
        else if (_passage.Rule is null)
        {
            string with = _isIPv6 ? "icmp6-port-unreachable" : "icmp-port-unreachable";
            Add("filter", "KUBE-IPVS-FILTER", $"-m conntrack --ctstate NEW -m set --match-set {SetName("KUBE-IPVS-IPS")} dst -j REJECT --reject-with {with}");
        }
        else
        {
            // A virtual server without real servers: the kernel refuses.
            AddVirtualServer();
        }
    }

    private string Scheduler => _passage.Node.Policy.Name is var name && name.StartsWith("ipvs-", StringComparison.Ordinal) ? name["ipvs-".Length..] : "rr";

    private string Server => (_passage.Flow.Protocol switch
    {
        TransportProtocol.Udp => "-u ",
        TransportProtocol.Sctp => "--sctp-service ",
        _ => "-t ",
    }) + _passage.Flow.Destination;

    private static string NotFrom(IptablesMatch fromPod) => (fromPod.Kind == IptablesMatchKind.Source ? "! -s " : "! -i ") + fromPod.Text + " ";

    private void AddServer(string rule) => _rules.Add(new("ipvs", $"{Word.ToUpperInvariant()} {_passage.Flow.Destination}", rule));

    private void Nat(string chain, string first, string comment, string set, string target) => AddSetRule("nat", chain, first, comment, set, target);

    private void AddSetRule(string table, string chain, string first, string comment, string set, string target)
    {
        string[] parts = set.Split(' ');
        Add(table, chain, $"{first}-m comment --comment \"{comment}\" -m set --match-set {SetName(parts[0])} {parts[1]} -j {target}");
    }

    private void Add(string table, string chain, string rest) => _rules.Add(new(table, chain, $"-A {chain} {rest}"));

    private string SetName(string name)
    {
        string ofFamily = _isIPv6 ? name.Replace("KUBE-", "KUBE-6-", StringComparison.Ordinal) : name;
        return ofFamily.Length > LongestSetName ? ofFamily[..LongestSetName] : ofFamily;
    }
}
