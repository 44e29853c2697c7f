using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>
/// Which rules of a service port the first packet of a flow matches, in order: from the rule that captures its destination to the one that translates
/// or refuses it. What chance decides is told by the endpoint that was picked.
/// </summary>
internal sealed class IptablesWalk
{
    private readonly IptablesServicePort _port;
    private readonly NetworkNode _node;
    private readonly Flow _flow;
    private readonly string _pickedChain;
    private readonly bool _isRemembered;
    private readonly List<IptablesStep> _steps = [];

    private IptablesWalk(NetworkNode node, IptablesServicePort port, in Flow flow, string pickedChain, bool isRemembered)
    {
        _node = node;
        _port = port;
        _flow = flow;
        _pickedChain = pickedChain;
        _isRemembered = isRemembered;
    }

    /// <summary>The rules that decide.</summary>
    /// <param name="node">Where the packet is.</param>
    /// <param name="rule">The service port that its destination belongs to.</param>
    /// <param name="flow">Before any translation.</param>
    /// <param name="picked">The endpoint picked; null where the packet is refused.</param>
    /// <param name="isRemembered">Whether the client was sent there because it had been there before.</param>
    /// <param name="isLargeCluster">Whether the rules do without the comments of each endpoint.</param>
    public static IReadOnlyList<IptablesStep> Of(NetworkNode node, ServiceRule rule, in Flow flow, Backend? picked, bool isRemembered = false, bool isLargeCluster = false)
    {
        IptablesServicePort port = IptablesServicePortBuilder.Build(new IptablesSettings(node, rule.Name.IsIPv6), rule, isLargeCluster);
        string chain = picked is { } backend ? new IptablesNames(rule.Name).EndpointChain(backend.Address.ToString()) : "";
        var walk = new IptablesWalk(node, port, flow, chain, isRemembered);
        if (!walk.Translates())
        {
            walk.Filter();
        }

        return walk._steps;
    }

    private bool Translates()
    {
        foreach (IptablesRule capture in _port.Captures)
        {
            if (Matches(capture))
            {
                _steps.Add(new("nat", capture));
                if (Translates(capture.Target.Text))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Translates(string chain)
    {
        foreach (IptablesRule rule in _port.ChainRules)
        {
            if (rule.Chain != chain || rule.Target.Kind == IptablesTargetKind.None || !Matches(rule))
            {
                continue;
            }

            _steps.Add(new("nat", rule));
            if (rule.Target.Kind == IptablesTargetKind.Dnat || Translates(rule.Target.Text))
            {
                return true;
            }
        }

        return false;
    }

    private void Filter()
    {
        foreach (IptablesRule rule in _port.Filter)
        {
            if (rule.Target != IptablesTarget.Accept && IsPassed(rule.Chain) && Matches(rule))
            {
                _steps.Add(new("filter", rule));
                return;
            }
        }
    }

    /// <summary>What the node sends elsewhere does not come past the chain for what comes from elsewhere.</summary>
    private bool IsPassed(string chain) => chain != IptablesChains.ExternalServices || !IsLocal(_flow.Source.Address) || IsLocal(_flow.Destination.Address);

    private bool Matches(IptablesRule rule)
    {
        foreach (IptablesMatch match in rule.Matches.AsSpan())
        {
            if (Matches(match, rule) == match.IsNegated)
            {
                return false;
            }
        }

        return rule.Chain != IptablesChains.NodePorts || ServiceDecision.AnswersNodePorts(_node, _flow.Destination.Address);
    }

    private bool Matches(in IptablesMatch match, IptablesRule rule) => match.Kind switch
    {
        IptablesMatchKind.Source => IsIn(_flow.Source.Address, match.Text),
        IptablesMatchKind.Destination => IsIn(_flow.Destination.Address, match.Text),
        IptablesMatchKind.InInterface => IsOnNode(_flow.Source.Address),
        IptablesMatchKind.Protocol => match.Text == IptablesMatch.NameOf(_flow.Protocol),
        IptablesMatchKind.DestinationPort => match.Number == _flow.Destination.Port,
        IptablesMatchKind.SourceType => IsLocal(_flow.Source.Address),
        IptablesMatchKind.DestinationType => IsLocal(_flow.Destination.Address),
        IptablesMatchKind.RecentlySeen => _isRemembered && rule.Target.Text == _pickedChain,
        IptablesMatchKind.OneOf => !_isRemembered && rule.Target.Text == _pickedChain,
        _ => true,
    };

    private bool IsLocal(IpAddress address) => address.IsLoopback || _node.HasAddress(address);

    private bool IsOnNode(IpAddress address)
    {
        foreach (Cidr block in _node.PodCidrs)
        {
            if (block.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(IpAddress address, string addressOrBlock) =>
        Cidr.TryParse(addressOrBlock, out Cidr block) ? block.Contains(address) : IpAddress.TryParse(addressOrBlock, out IpAddress single) && single == address;
}
