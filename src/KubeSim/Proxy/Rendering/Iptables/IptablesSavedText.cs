using System.Globalization;
using System.Text;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>Writes rules as <c>iptables-save</c> shows them: addresses, interface and protocol first, then the matches, all defaults spelled out.</summary>
/// <source>iptables 1.8.9 (nf_tables)</source>
internal static class IptablesSavedText
{
    private const string MaskIPv4 = "255.255.255.255";
    private const string MaskIPv6 = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

    private static readonly IptablesMatchKind[] First =
        [IptablesMatchKind.Source, IptablesMatchKind.Destination, IptablesMatchKind.InInterface, IptablesMatchKind.Protocol];

    public static void Append(StringBuilder text, IptablesRule rule, bool isIPv6)
    {
        text.Append("-A ").Append(rule.Chain);
        foreach (IptablesMatchKind kind in First)
        {
            foreach (IptablesMatch match in rule.Matches.AsSpan())
            {
                if (match.Kind == kind)
                {
                    AppendFirst(text, match, isIPv6);
                }
            }
        }

        foreach (IptablesMatch match in rule.Matches.AsSpan())
        {
            Append(text, match, isIPv6);
        }

        Append(text, rule.Target, isIPv6);
    }

    /// <summary>A table with all its chains.</summary>
    public static void Append(StringBuilder text, IptablesTable table, bool isIPv6)
    {
        IReadOnlyList<string> chains = table.ChainsInOrder();
        text.Append('*').Append(table.Name).Append('\n');
        foreach (string chain in chains)
        {
            text.Append(':').Append(chain).Append(table.IsBuiltIn(chain) ? " ACCEPT [0:0]\n" : " - [0:0]\n");
        }

        foreach (string chain in chains)
        {
            foreach (IptablesRule rule in table.RulesOf(chain))
            {
                Append(text, rule, isIPv6);
                text.Append('\n');
            }
        }

        text.Append("COMMIT\n");
    }

    private static void AppendFirst(StringBuilder text, in IptablesMatch match, bool isIPv6)
    {
        text.Append(match.IsNegated ? " ! " : " ");
        _ = match.Kind switch
        {
            IptablesMatchKind.Source => text.Append("-s ").Append(match.Text),
            IptablesMatchKind.Destination => text.Append("-d ").Append(match.Text),
            IptablesMatchKind.InInterface => text.Append("-i ").Append(match.Text),
            _ => text.Append("-p ").Append(match.Text),
        };
        if (match.Kind is IptablesMatchKind.Source or IptablesMatchKind.Destination && !match.Text.Contains('/', StringComparison.Ordinal))
        {
            text.Append(isIPv6 ? "/128" : "/32");
        }
    }

    private static void Append(StringBuilder text, in IptablesMatch match, bool isIPv6)
    {
        string not = match.IsNegated ? "! " : "";
        string mask = isIPv6 ? MaskIPv6 : MaskIPv4;
        string value = match.Text;
        uint number = match.Number;
        CultureInfo invariant = CultureInfo.InvariantCulture;
        _ = match.Kind switch
        {
            IptablesMatchKind.Comment => text.Append(" -m comment --comment \"").Append(value).Append('"'),
            IptablesMatchKind.Protocol => text.Append(" -m ").Append(value),
            IptablesMatchKind.DestinationPort => text.Append(invariant, $" --dport {number}"),
            IptablesMatchKind.SourceType => text.Append(" -m addrtype --src-type ").Append(value),
            IptablesMatchKind.DestinationType => text.Append(" -m addrtype --dst-type ").Append(value),
            IptablesMatchKind.ConnectionState => text.Append(" -m conntrack ").Append(not).Append("--ctstate ").Append(value),
            IptablesMatchKind.Mark => text.Append(invariant, $" -m mark {not}--mark 0x{number:x}/0x{number:x}"),
            IptablesMatchKind.OneOf => text.Append(" -m statistic --mode random --probability ").Append(IptablesProbability.Saved(number)),
            IptablesMatchKind.RecentlySeen => text.Append(invariant, $" -m recent --rcheck --seconds {number} --reap --name {value} --mask {mask} --rsource"),
            IptablesMatchKind.Remember => text.Append(invariant, $" -m recent --set --name {value} --mask {mask} --rsource"),
            // Two blanks: so it prints this one.
            IptablesMatchKind.Count => text.Append(" -m nfacct --nfacct-name  ").Append(value),
            _ => text,
        };
    }

    private static void Append(StringBuilder text, in IptablesTarget target, bool isIPv6)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        _ = target.Kind switch
        {
            IptablesTargetKind.Jump => text.Append(" -j ").Append(target.Text),
            IptablesTargetKind.Reject => text.Append(isIPv6 ? " -j REJECT --reject-with icmp6-port-unreachable" : " -j REJECT --reject-with icmp-port-unreachable"),
            IptablesTargetKind.SetMark => text.Append(invariant, $" -j MARK --set-xmark 0x{target.Mark:x}/0x{target.Mark:x}"),
            IptablesTargetKind.FlipMark => text.Append(invariant, $" -j MARK --set-xmark 0x{target.Mark:x}/0x0"),
            IptablesTargetKind.Masquerade => text.Append(" -j MASQUERADE").Append(target.Mark != 0 ? " --random-fully" : ""),
            IptablesTargetKind.Dnat => text.Append(" -j DNAT --to-destination ").Append(target.Text),
            _ => text,
        };
    }
}
