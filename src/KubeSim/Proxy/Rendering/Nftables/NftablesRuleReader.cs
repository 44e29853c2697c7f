using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>Reads a rule as <c>nft list</c> shows it, from left to right, against one packet. It knows the expressions that kube-proxy uses.</summary>
internal sealed class NftablesRuleReader
{
    private readonly NftablesTable _table;
    private readonly NetworkNode _node;
    private readonly Flow _flow;
    private readonly IpPort? _picked;
    private readonly string _pickedChain;
    private readonly bool _isRemembered;
    private readonly string _protocol;
    private string[] _words = [];
    private int _next;

    /// <param name="table">What the rules look things up in.</param>
    /// <param name="node">Where the packet is.</param>
    /// <param name="flow">Before any translation.</param>
    /// <param name="picked">The endpoint picked; null for none.</param>
    /// <param name="pickedChain">The chain that it has with session affinity.</param>
    /// <param name="isRemembered">Whether the client was sent there because it had been there before.</param>
    public NftablesRuleReader(NftablesTable table, NetworkNode node, in Flow flow, IpPort? picked, string pickedChain, bool isRemembered)
    {
        _table = table;
        _node = node;
        _flow = flow;
        _picked = picked;
        _pickedChain = pickedChain;
        _isRemembered = isRemembered;
        _protocol = NftablesNames.ProtocolOf(flow.Protocol);
        Destination = flow.Destination;
    }

    /// <summary>Where the packet goes now.</summary>
    public IpPort Destination { get; private set; }

    private bool IsTranslated => Destination != _flow.Destination;

    public bool IsLocal(IpAddress address) => address.IsLoopback || _node.HasAddress(address);

    /// <summary>Gives the packet the picked endpoint's address.</summary>
    public IpPort Translate() => Destination = _picked!.Value;

    /// <summary>What the rule does with the packet; null where it does not match.</summary>
    /// <param name="rule">The rule without its comment.</param>
    /// <param name="isMarked">Whether the packet is marked for masquerading.</param>
    public NftablesAction? Matches(string rule, bool isMarked)
    {
        _words = rule.Split(' ');
        _next = 0;
        while (_next < _words.Length)
        {
            string word = Take();
            switch (word)
            {
                case "ip" or "ip6":
                    bool isSource = Take() == "saddr";
                    if (Peek() == ".")
                    {
                        return Concatenation();
                    }

                    if (!MatchesAddress(isSource ? _flow.Source.Address : Destination.Address))
                    {
                        return null;
                    }

                    break;
                case "iifname":
                    bool isNegated = Skip("!=");
                    _next++;
                    if (IsPodOfNode(_flow.Source.Address) == isNegated)
                    {
                        return null;
                    }

                    break;
                case "fib":
                    bool isOfSource = Take() == "saddr";
                    _next += 2;
                    if (!IsLocal(isOfSource ? _flow.Source.Address : Destination.Address))
                    {
                        return null;
                    }

                    break;
                case "ct":
                    bool isState = Take() == "state";
                    _next++;
                    if (!isState && !IsTranslated)
                    {
                        return null;
                    }

                    break;
                case "meta" when Peek() == "l4proto":
                    _next++;
                    if (Peek() == ".")
                    {
                        return new("vmap", _words[^1][1..], string.Create(CultureInfo.InvariantCulture, $"{_protocol} . {Destination.Port}"));
                    }

                    if (Take() != _protocol)
                    {
                        return null;
                    }

                    break;
                case "meta" when _words[_next + 1] == "&":
                    // meta mark & 0x00004000 != 0x00000000 meta mark set meta mark ^ 0x00004000 masquerade fully-random
                    return isMarked ? new("masquerade") : null;
                case "numgen":
                    return new("pick", _pickedChain);
                case "update":
                    return null;
                default:
                    return new(word, word is "jump" or "goto" ? Take() : "");
            }
        }

        return null;
    }

    /// <summary><c>ip daddr . meta l4proto . th dport vmap @map</c>, or the two addresses of a connection that loops back.</summary>
    private NftablesAction? Concatenation()
    {
        string set = _words[_next..].First(word => word[0] == '@')[1..];
        string rest = string.Create(CultureInfo.InvariantCulture, $"{Destination.Address} . {_protocol} . {Destination.Port}");
        return set != NftablesSetup.HairpinConnections ? new("vmap", set, rest)
            : _table.FindSet(set)?.Find($"{_flow.Source.Address} . {rest}") is null ? null
            : new("masquerade");
    }

    private bool MatchesAddress(IpAddress address)
    {
        bool isNegated = Skip("!=");
        string word = Take();
        if (word[0] == '@')
        {
            return NftablesNames.IsAffinitySet(word[1..]) ? _isRemembered && _words[^1] == _pickedChain : _table.FindSet(word[1..])?.Find(address.ToString()) is not null;
        }

        bool isIn = false;
        if (word != "{")
        {
            isIn = IsIn(address, word);
        }
        else
        {
            while (Take() is var element && element != "}")
            {
                isIn |= IsIn(address, element.TrimEnd(','));
            }
        }

        return isIn != isNegated;
    }

    private static bool IsIn(IpAddress address, string text)
    {
        if (text.Split('-') is [var first, var last])
        {
            return address >= IpAddress.Parse(first) && address <= IpAddress.Parse(last);
        }

        return Cidr.TryParse(text, out Cidr block) ? block.Contains(address) : IpAddress.Parse(text) == address;
    }

    /// <summary>Whatever hangs on the node's bridge, or on an interface of that prefix, is a Pod of this node.</summary>
    private bool IsPodOfNode(IpAddress address)
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

    private string Take() => _words[_next++];

    private string Peek() => _words[_next];

    private bool Skip(string word)
    {
        bool isThere = Peek() == word;
        _next += isThere ? 1 : 0;
        return isThere;
    }
}
