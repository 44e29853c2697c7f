using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;
using static KubeSim.Proxy.Rendering.Iptables.IptablesChains;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>The rules that do not depend on Services; every sync writes them.</summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go: syncProxyRules</source>
internal static class IptablesFixedRules
{
    private const string InvalidCounter = "ct_state_invalid_dropped_pkts";
    private const string LocalhostIPv4 = "127.0.0.0/8";
    private const string LocalhostIPv6 = "::1/128";

    /// <summary>What stands before the rules of Services.</summary>
    public static void AddFirst(IptablesInput input, IptablesSettings settings)
    {
        input.Filter.Chains.AddRange([Services, ExternalServices, IptablesChains.Forward, NodePorts, ProxyFirewall]);
        if (settings.LocalhostNodePorts)
        {
            input.Filter.Chains.Add(Firewall);
            input.Filter.Rules.Add(new(
                Firewall,
                [
                    IptablesMatch.Comment("block incoming localnet connections"), IptablesMatch.Destination(LocalhostIPv4), IptablesMatch.Source(LocalhostIPv4).Not,
                    IptablesMatch.ConnectionState("RELATED,ESTABLISHED,DNAT").Not,
                ],
                IptablesTarget.Drop));
        }

        input.Nat.Chains.AddRange([Services, NodePorts, Postrouting, MarkMasq]);
        input.Nat.Rules.Add(new(Postrouting, [IptablesMatch.Mark(settings.Mark).Not], IptablesTarget.Return));
        input.Nat.Rules.Add(new(Postrouting, [], IptablesTarget.FlipMark(settings.Mark)));
        input.Nat.Rules.Add(new(
            Postrouting, [IptablesMatch.Comment("kubernetes service traffic requiring SNAT")], IptablesTarget.Masquerade(settings.Node.ProxySettings.RandomFully)));
        input.Nat.Rules.Add(new(MarkMasq, [], IptablesTarget.SetMark(settings.Mark)));
    }

    /// <summary>What stands after them.</summary>
    public static void AddLast(IptablesInput input, IptablesSettings settings)
    {
        IptablesMatch comment = IptablesMatch.Comment("kubernetes service nodeports; NOTE: this must be the last rule in this chain");
        if (settings.NodePortAddresses.IsEverything)
        {
            EquatableArray<IptablesMatch> matches = [comment, IptablesMatch.DestinationIsLocal];
            matches = settings.LocalhostNodePorts ? matches : matches.Add(IptablesMatch.Destination(settings.IsIPv6 ? LocalhostIPv6 : LocalhostIPv4).Not);
            input.Nat.LastRules.Add(new(Services, matches, IptablesTarget.Jump(NodePorts)));
        }
        else
        {
            foreach (IpAddress address in settings.NodePortAddresses.Addresses)
            {
                if (!address.IsLoopback || settings.LocalhostNodePorts)
                {
                    input.Nat.LastRules.Add(new(Services, [comment, IptablesMatch.Destination(address.ToString())], IptablesTarget.Jump(NodePorts)));
                }
            }
        }

        AddForward(input.Filter.Rules, settings);
    }

    private static void AddForward(List<IptablesRule> rules, IptablesSettings settings)
    {
        ProxySettings proxy = settings.Node.ProxySettings;
        if (!proxy.ConntrackTcpBeLiberal)
        {
            EquatableArray<IptablesMatch> invalid = [IptablesMatch.ConnectionState("INVALID")];
            rules.Add(new(IptablesChains.Forward, settings.Nfacct ? invalid.Add(IptablesMatch.Count(InvalidCounter)) : invalid, IptablesTarget.Drop));
        }

        rules.Add(new(IptablesChains.Forward, [IptablesMatch.Comment("kubernetes forwarding rules"), IptablesMatch.Mark(settings.Mark)], IptablesTarget.Accept));
        rules.Add(new(
            IptablesChains.Forward, [IptablesMatch.Comment("kubernetes forwarding conntrack rule"), IptablesMatch.ConnectionState("RELATED,ESTABLISHED")], IptablesTarget.Accept));
    }
}
