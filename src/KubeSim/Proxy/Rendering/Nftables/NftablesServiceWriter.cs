using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>
/// Writes service ports into one sync's transaction: elements wherever they differ, chains only where the Service has changed. Keeps
/// account of what is in use.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/nftables/proxier.go: syncProxyRules</source>
internal sealed class NftablesServiceWriter
{
    private readonly NftablesTransaction _transaction;
    private readonly NftablesTerms _terms;
    private readonly NftablesElements _clusterIPs;
    private readonly NftablesElements _serviceIPs;
    private readonly NftablesElements _firewallIPs;
    private readonly NftablesElements _noEndpointServices;
    private readonly NftablesElements _noEndpointNodePorts;
    private readonly NftablesElements _serviceNodePorts;
    private readonly NftablesElements _hairpinConnections;

    public NftablesServiceWriter(NftablesTable table, NftablesTransaction transaction, NftablesTerms terms)
    {
        _transaction = transaction;
        _terms = terms;
        _clusterIPs = new(table, transaction, NftablesSetup.ClusterIPs);
        _serviceIPs = new(table, transaction, NftablesSetup.ServiceIPs);
        _firewallIPs = new(table, transaction, NftablesSetup.FirewallIPs);
        _noEndpointServices = new(table, transaction, NftablesSetup.NoEndpointServices);
        _noEndpointNodePorts = new(table, transaction, NftablesSetup.NoEndpointNodePorts);
        _serviceNodePorts = new(table, transaction, NftablesSetup.ServiceNodePorts);
        _hairpinConnections = new(table, transaction, NftablesSetup.HairpinConnections);
    }

    /// <summary>The chains of Services that are in use.</summary>
    public HashSet<string> Chains { get; } = new(StringComparer.Ordinal);

    /// <summary>The affinity sets that are in use.</summary>
    public HashSet<string> AffinitySets { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes one service port.</summary>
    /// <param name="service">What is wanted.</param>
    /// <param name="isChanged">Whether its chains are written again.</param>
    public void Write(NftablesService service, bool isChanged)
    {
        WriteEndpoints(service, isChanged);
        Use(service.ServiceChain, service.HasServiceChain, isChanged);
        Use(service.LocalChain, service.HasLocalChain, isChanged);
        Use(service.ExternalChain, service.HasExternalChain, isChanged);
        WriteClusterIP(service);
        foreach (IpAddress address in service.Rule.ExternalIPs)
        {
            string key = Key(service, address);
            LeadOutside(service, _serviceIPs, key);
            LeadNowhere(service, _noEndpointServices, key);
        }

        Use(service.FirewallChain, service.HasFirewallChain, isChanged);
        WriteLoadBalancer(service);
        if (service.Rule.NodePort != 0)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{service.Protocol} . {service.Rule.NodePort}");
            LeadOutside(service, _serviceNodePorts, key);
            LeadNowhere(service, _noEndpointNodePorts, key);
        }

        if (isChanged)
        {
            NftablesServiceRules.Write(_transaction, _terms, service);
        }
    }

    /// <summary>Takes out the elements of what is gone.</summary>
    public void DeleteLeftovers()
    {
        _clusterIPs.DeleteLeftovers();
        _serviceIPs.DeleteLeftovers();
        _firewallIPs.DeleteLeftovers();
        _noEndpointServices.DeleteLeftovers();
        _noEndpointNodePorts.DeleteLeftovers();
        _serviceNodePorts.DeleteLeftovers();
        _hairpinConnections.DeleteLeftovers();
    }

    private void WriteEndpoints(NftablesService service, bool isChanged)
    {
        foreach (NftablesEndpoint endpoint in service.Endpoints.All)
        {
            Use(endpoint.Chain, endpoint.Chain.Length > 0, isChanged);
            if (endpoint.AffinitySet.Length > 0)
            {
                AffinitySets.Add(endpoint.AffinitySet);
            }

            if (endpoint.IsLocal && _terms.Layout != NftablesLayout.Kubernetes134)
            {
                IpPort to = endpoint.Address;
                string key = string.Create(CultureInfo.InvariantCulture, $"{to.Address} . {to.Address} . {service.Protocol} . {to.Port}");
                _hairpinConnections.Ensure(new NftablesElement(key));
            }
        }
    }

    private void WriteClusterIP(NftablesService service)
    {
        ServiceRule rule = service.Rule;
        _clusterIPs.Ensure(new NftablesElement(rule.ClusterIP.ToString()));
        string key = Key(service, rule.ClusterIP);
        if (service.HasInternalEndpoints)
        {
            _serviceIPs.Ensure(new NftablesElement(key, "goto " + service.InternalChain));
        }
        else
        {
            _noEndpointServices.Ensure(new NftablesElement(key, service.NoEndpointVerdict, rule.Name.ToString()));
        }
    }

    private void WriteLoadBalancer(NftablesService service)
    {
        foreach (IpAddress address in service.Rule.LoadBalancerIPs)
        {
            string key = Key(service, address);
            LeadOutside(service, _serviceIPs, key);
            if (service.HasFirewallChain)
            {
                _firewallIPs.Ensure(new NftablesElement(key, "goto " + service.FirewallChain));
            }
        }

        foreach (IpAddress address in service.Rule.LoadBalancerIPs)
        {
            LeadNowhere(service, _noEndpointServices, Key(service, address));
        }
    }

    private static string Key(NftablesService service, IpAddress address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address} . {service.Protocol} . {service.Rule.Port}");

    private static void LeadOutside(NftablesService service, NftablesElements elements, string key)
    {
        if (service.Rule.HasAny)
        {
            elements.Ensure(new NftablesElement(key, "goto " + service.ExternalChain));
        }
    }

    private static void LeadNowhere(NftablesService service, NftablesElements elements, string key)
    {
        if (!service.HasExternalEndpoints)
        {
            elements.Ensure(new NftablesElement(key, service.NoEndpointVerdict, service.Rule.Name.ToString()));
        }
    }

    /// <summary>Notes a chain that is used; one that is to be written again is emptied first.</summary>
    private void Use(string chain, bool isUsed, bool isChanged)
    {
        if (isUsed && Chains.Add(chain) && isChanged)
        {
            _transaction.AddChain(chain);
            _transaction.FlushChain(chain);
        }
    }
}
