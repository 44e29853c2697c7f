using System.Globalization;
using System.Text;
using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>The rules in the chains of one service port. The chains are there and empty.</summary>
/// <source>kubernetes v1.36, pkg/proxy/nftables/proxier.go: syncProxyRules</source>
internal static class NftablesServiceRules
{
    public static void Write(NftablesTransaction transaction, NftablesTerms terms, NftablesService service)
    {
        if (terms.Layout == NftablesLayout.Kubernetes134 && service.HasInternalEndpoints)
        {
            MarkClusterIP(transaction, terms, service);
        }

        if (service.HasExternalChain)
        {
            WriteExternal(transaction, terms, service);
        }

        if (service.HasFirewallChain)
        {
            WriteFirewall(transaction, terms, service.Rule, service.FirewallChain);
        }

        if (service.Rule.AffinityTimeout is { } timeout)
        {
            foreach (NftablesEndpoint endpoint in service.Endpoints.All)
            {
                transaction.AddSet(endpoint.AffinitySet, terms.AddressType, timeout: timeout);
            }
        }

        if (service.HasServiceChain)
        {
            Balance(transaction, terms, service, service.ServiceChain, service.Endpoints.Cluster);
        }

        if (service.HasLocalChain)
        {
            Balance(transaction, terms, service, service.LocalChain, service.Endpoints.Local);
        }

        foreach (NftablesEndpoint endpoint in service.Endpoints.All)
        {
            WriteEndpoint(transaction, terms, service, endpoint);
        }
    }

    private static void MarkClusterIP(NftablesTransaction transaction, NftablesTerms terms, NftablesService service)
    {
        NftablesText? source = terms.MasqueradeAll ? "" : terms.NotFromPod;
        if (source is { } notFromPod)
        {
            transaction.AddRule(service.InternalChain, (NftablesText)$"{terms.Ip} daddr {service.Rule.ClusterIP} " + notFromPod + terms.Mark);
        }
    }

    private static void WriteExternal(NftablesTransaction transaction, NftablesTerms terms, NftablesService service)
    {
        string chain = service.ExternalChain;
        if (!service.Rule.ExternalLocal)
        {
            transaction.AddRule(chain, terms.Mark, "masquerade");
        }
        else
        {
            if (terms.FromPod is { } fromPod)
            {
                transaction.AddRule(chain, fromPod + $"goto {service.ServiceChain}", "short-circuit pod traffic");
            }

            transaction.AddRule(chain, "fib saddr type local " + terms.Mark, "masquerade local traffic");
            transaction.AddRule(chain, $"fib saddr type local goto {service.ServiceChain}", "short-circuit local traffic");
        }

        if (service.HasExternalEndpoints)
        {
            transaction.AddRule(chain, $"goto {(service.Rule.ExternalLocal ? service.LocalChain : service.ServiceChain)}");
        }
    }

    /// <summary>A node that may come in can come with the load balancer's address as its source.</summary>
    private static void WriteFirewall(NftablesTransaction transaction, NftablesTerms terms, ServiceRule rule, string chain)
    {
        bool allowsNode = false;
        foreach (Cidr range in rule.SourceRanges)
        {
            allowsNode |= terms.Node.Sender.AddressTowards(rule.ClusterIP) is { } own && range.Contains(own);
        }

        IReadOnlyList<IpAddress> addresses = allowsNode ? rule.LoadBalancerIPs : [];
        transaction.AddRule(chain, (NftablesText)$"{terms.Ip} saddr != " + NftablesAddressSet.Of(rule.SourceRanges, addresses, " , ") + " drop");
    }

    private static void Balance(NftablesTransaction transaction, NftablesTerms terms, NftablesService service, string chain, IReadOnlyList<NftablesEndpoint> endpoints)
    {
        if (service.Rule.AffinityTimeout is not null)
        {
            foreach (NftablesEndpoint endpoint in endpoints)
            {
                transaction.AddRule(chain, $"{terms.Ip} saddr @{endpoint.AffinitySet} goto {endpoint.Chain}");
            }
        }

        bool toChains = endpoints[0].Chain.Length > 0;
        var input = new StringBuilder();
        var listed = new StringBuilder();
        for (int i = 0; i < endpoints.Count; i++)
        {
            IpPort address = endpoints[i].Address;
            string element = toChains
                ? string.Create(CultureInfo.InvariantCulture, $"{i} : goto {endpoints[i].Chain}")
                : string.Create(CultureInfo.InvariantCulture, $"{i} : {address.Address} . {address.Port}");
            input.Append(i == 0 ? "" : " , ").Append(element);
            listed.Append(i == 0 ? "" : ", ").Append(element);
        }

        NftablesText pick = string.Create(CultureInfo.InvariantCulture, $"numgen random mod {endpoints.Count} ");
        var map = new NftablesText($"map {{ {input} }}", $"map {{ {listed} }}");
        transaction.AddRule(chain, toChains
            ? pick + "v" + map
            : new NftablesText($"meta l4proto {service.Protocol} dnat {terms.Ip} addr . port to ", $"meta l4proto {service.Protocol} dnat {terms.Ip} to ") + pick + map);
    }

    private static void WriteEndpoint(NftablesTransaction transaction, NftablesTerms terms, NftablesService service, NftablesEndpoint endpoint)
    {
        if (terms.Layout == NftablesLayout.Kubernetes134)
        {
            transaction.AddRule(endpoint.Chain, $"{terms.Ip} saddr {endpoint.Address.Address} " + terms.Mark);
        }

        if (endpoint.AffinitySet.Length > 0)
        {
            transaction.AddRule(endpoint.Chain, $"update @{endpoint.AffinitySet} {{ {terms.Ip} saddr }}");
        }

        if (endpoint.Chain.Length > 0)
        {
            transaction.AddRule(endpoint.Chain, $"meta l4proto {service.Protocol} dnat to {endpoint.Address}");
        }
    }
}
