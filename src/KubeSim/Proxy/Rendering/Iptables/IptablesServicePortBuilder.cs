using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>Writes the rules of one service port, in kube-proxy's order.</summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go: syncProxyRules, writeServiceToEndpointRules</source>
internal sealed class IptablesServicePortBuilder
{
    private const string LocalhostCounter = "localhost_nps_accepted_pkts";
    private const string Localhost = "127.0.0.0/8";

    private readonly IptablesSettings _settings;
    private readonly ServiceRule _rule;
    private readonly IptablesNames _names;
    private readonly string _name;
    private readonly bool _isLargeCluster;
    private readonly List<IptablesEndpoint> _cluster;
    private readonly List<IptablesEndpoint> _local;
    private readonly bool _hasInternal;
    private readonly bool _hasExternal;
    private readonly bool _usesFirewall;
    private readonly IptablesServicePort _result;

    private IptablesServicePortBuilder(IptablesSettings settings, ServiceRule rule, bool isLargeCluster)
    {
        _settings = settings;
        _rule = rule;
        _isLargeCluster = isLargeCluster;
        _result = new(rule);
        _names = new IptablesNames(rule.Name);
        _name = rule.Name.ToString();
        _cluster = IptablesEndpoint.Read(rule.Cluster.For(settings.Node), _names, []);
        _local = IptablesEndpoint.Read(rule.Local.For(settings.Node), _names, _cluster);
        _hasInternal = rule.HasAny && !(rule.InternalLocal && _local.Count == 0);
        _hasExternal = rule.HasAny && !(rule.ExternalLocal && _local.Count == 0);
        _usesFirewall = rule.HasAny && !rule.LoadBalancerIPs.IsEmpty && !rule.SourceRanges.IsEmpty;
    }

    /// <param name="settings">The node and family.</param>
    /// <param name="rule">The service port, of that family.</param>
    /// <param name="isLargeCluster">Whether to leave out the comments of each endpoint.</param>
    public static IptablesServicePort Build(IptablesSettings settings, ServiceRule rule, bool isLargeCluster)
    {
        var builder = new IptablesServicePortBuilder(settings, rule, isLargeCluster);
        builder.CaptureClusterIP();
        builder.CaptureExternalIPs();
        builder.CaptureLoadBalancerIPs();
        builder.CaptureNodePort();
        builder.AcceptHealthChecks();
        builder.MasqueradeInternal();
        builder.WriteExternalChain();
        builder.WriteFirewallChain();
        builder.WriteBalancingChain(builder._names.ServiceChain, builder._cluster);
        builder.WriteBalancingChain(builder._names.LocalChain, builder._local);
        builder.WriteEndpointChains();
        return builder._result;
    }

    private string InternalChain => _rule.InternalLocal ? _names.LocalChain : _names.ServiceChain;

    private IptablesTarget Refusal => _rule.HasAny ? IptablesTarget.Drop : IptablesTarget.Reject;

    private IptablesMatch RefusalComment => IptablesMatch.Comment(_name + (_rule.HasAny ? " has no local endpoints" : " has no endpoints"));

    private IptablesMatch Protocol => IptablesMatch.Protocol(_rule.Name.Protocol);

    private void CaptureClusterIP()
    {
        if (_hasInternal)
        {
            Capture(IptablesChains.Services, To(Comment(" cluster IP"), _rule.ClusterIP), InternalChain);
        }
        else
        {
            Refuse(IptablesChains.Services, To(RefusalComment, _rule.ClusterIP));
        }
    }

    private void CaptureExternalIPs()
    {
        foreach (IpAddress address in _rule.ExternalIPs)
        {
            CaptureExternal(" external IP", address, _names.ExternalChain);
            RefuseExternal(To(RefusalComment, address));
        }
    }

    private void CaptureLoadBalancerIPs()
    {
        foreach (IpAddress address in _rule.LoadBalancerIPs)
        {
            CaptureExternal(" loadbalancer IP", address, _usesFirewall ? _names.FirewallChain : _names.ExternalChain);
            if (_usesFirewall)
            {
                IptablesMatch comment = Comment(" traffic not accepted by " + _names.FirewallChain);
                _result.Filter.Add(new(IptablesChains.ProxyFirewall, To(comment, address), IptablesTarget.Drop));
            }
        }

        foreach (IpAddress address in _rule.LoadBalancerIPs)
        {
            RefuseExternal(To(RefusalComment, address));
        }
    }

    private void CaptureNodePort()
    {
        if (_rule.NodePort == 0)
        {
            return;
        }

        IptablesMatch port = IptablesMatch.DestinationPort(_rule.NodePort);
        if (_rule.HasAny)
        {
            if (_settings.LocalhostNodePorts && _settings.Nfacct)
            {
                Capture(IptablesChains.NodePorts, [Comment(""), Protocol, IptablesMatch.Destination(Localhost), port, IptablesMatch.Count(LocalhostCounter)], _names.ExternalChain);
            }

            Capture(IptablesChains.NodePorts, [Comment(""), Protocol, port], _names.ExternalChain);
        }

        RefuseExternal([RefusalComment, IptablesMatch.DestinationIsLocal, Protocol, port]);
    }

    private void AcceptHealthChecks()
    {
        if (_rule.HealthCheckNodePort != 0)
        {
            IptablesMatch port = IptablesMatch.DestinationPort(_rule.HealthCheckNodePort);
            _result.Filter.Add(new(IptablesChains.NodePorts, [Comment(" health check node port"), IptablesMatch.Protocol(TransportProtocol.Tcp), port], IptablesTarget.Accept));
        }
    }

    /// <summary>What is no Pod's must come back by way of this node; a Pod of the cluster can be answered directly.</summary>
    private void MasqueradeInternal()
    {
        if (!_hasInternal)
        {
            return;
        }

        EquatableArray<IptablesMatch> matches = To(Comment(" cluster IP"), _rule.ClusterIP);
        if (_settings.MasqueradeAll)
        {
            AddToChain(InternalChain, matches, IptablesChains.MarkMasq);
        }
        else if (_settings.FromPod is { } fromPod)
        {
            AddToChain(InternalChain, matches.Add(fromPod.Not), IptablesChains.MarkMasq);
        }
    }

    private void WriteExternalChain()
    {
        if (!_rule.HasAny || !_rule.IsExternallyReachable)
        {
            return;
        }

        string chain = _names.ExternalChain;
        _result.Chains.Add(chain);
        if (!_rule.ExternalLocal)
        {
            AddToChain(chain, [External("masquerade traffic for")], IptablesChains.MarkMasq);
        }
        else
        {
            if (_settings.FromPod is { } fromPod)
            {
                AddToChain(chain, [External("pod traffic for"), fromPod], _names.ServiceChain);
            }

            AddToChain(chain, [External("masquerade LOCAL traffic for"), IptablesMatch.SourceIsLocal], IptablesChains.MarkMasq);
            AddToChain(chain, [External("route LOCAL traffic for"), IptablesMatch.SourceIsLocal], _names.ServiceChain);
        }

        if (_hasExternal)
        {
            AddToChain(chain, [], _rule.ExternalLocal ? _names.LocalChain : _names.ServiceChain);
        }
    }

    private void WriteFirewallChain()
    {
        if (!_usesFirewall)
        {
            return;
        }

        string chain = _names.FirewallChain;
        _result.Chains.Add(chain);
        bool isNodeAllowed = false;
        foreach (Cidr range in _rule.SourceRanges)
        {
            AddToChain(chain, [Comment(" loadbalancer IP"), IptablesMatch.Source(range.ToString())], _names.ExternalChain);
            isNodeAllowed |= _settings.IsNodeIn(range);
        }

        // The load balancer's address is often one of the node's own: what the node sends there has it as its source.
        foreach (IpAddress address in isNodeAllowed ? _rule.LoadBalancerIPs : default)
        {
            AddToChain(chain, [Comment(" loadbalancer IP"), IptablesMatch.Source(address.ToString())], _names.ExternalChain);
        }

        _result.ChainRules.Add(new(chain, [IptablesMatch.Comment($"other traffic to {_name} will be dropped by {IptablesChains.ProxyFirewall}")], IptablesTarget.None));
    }

    private void WriteBalancingChain(string chain, List<IptablesEndpoint> endpoints)
    {
        if (endpoints.Count == 0)
        {
            return;
        }

        _result.Chains.Add(chain);
        foreach (IptablesEndpoint endpoint in _rule.AffinityTimeout is null ? [] : endpoints)
        {
            AddToChain(chain, EndpointMatches(" -> " + endpoint.Text, IptablesMatch.RecentlySeen(endpoint.Chain, _rule.AffinityTimeout!.Value)), endpoint.Chain);
        }

        for (int i = 0; i < endpoints.Count; i++)
        {
            string rest = " -> " + endpoints[i].Text;
            int left = endpoints.Count - i;
            AddToChain(chain, left == 1 ? EndpointMatches(rest) : EndpointMatches(rest, IptablesMatch.OneOf(left)), endpoints[i].Chain);
        }
    }

    private void WriteEndpointChains()
    {
        foreach (IptablesEndpoint endpoint in IptablesEndpoint.Union(_cluster, _local))
        {
            _result.Chains.Add(endpoint.Chain);
            AddToChain(endpoint.Chain, EndpointMatches("", IptablesMatch.Source(endpoint.Address)), IptablesChains.MarkMasq);
            EquatableArray<IptablesMatch> matches = _rule.AffinityTimeout is null ? EndpointMatches("", Protocol) : EndpointMatches("", IptablesMatch.Remember(endpoint.Chain), Protocol);
            _result.ChainRules.Add(new(endpoint.Chain, matches, IptablesTarget.Dnat(endpoint.Text)));
        }
    }

    private void CaptureExternal(string comment, IpAddress address, string chain)
    {
        if (_rule.HasAny)
        {
            Capture(IptablesChains.Services, To(Comment(comment), address), chain);
        }
    }

    private void RefuseExternal(EquatableArray<IptablesMatch> matches)
    {
        if (!_hasExternal)
        {
            Refuse(IptablesChains.ExternalServices, matches);
        }
    }

    private void Refuse(string chain, EquatableArray<IptablesMatch> matches) => _result.Filter.Add(new(chain, matches, Refusal));

    private void Capture(string chain, EquatableArray<IptablesMatch> matches, string to) => _result.Captures.Add(new(chain, matches, IptablesTarget.Jump(to)));

    private void AddToChain(string chain, EquatableArray<IptablesMatch> matches, string to) => _result.ChainRules.Add(new(chain, matches, IptablesTarget.Jump(to)));

    private EquatableArray<IptablesMatch> To(IptablesMatch comment, IpAddress address) =>
        [comment, Protocol, IptablesMatch.Destination(address.ToString()), IptablesMatch.DestinationPort(_rule.Port)];

    private IptablesMatch Comment(string rest) => IptablesMatch.Comment(_name + rest);

    private IptablesMatch External(string what) => IptablesMatch.Comment($"{what} {_name} external destinations");

    /// <summary>The matches with a comment before them, but for large clusters.</summary>
    private EquatableArray<IptablesMatch> EndpointMatches(string rest, params ReadOnlySpan<IptablesMatch> matches) =>
        _isLargeCluster ? EquatableArray.Create(matches) : [Comment(rest), .. matches];
}
