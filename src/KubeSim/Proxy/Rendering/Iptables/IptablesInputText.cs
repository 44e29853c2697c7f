using System.Globalization;
using System.Text;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>Writes rules as kube-proxy gives them to <c>iptables-restore</c>.</summary>
internal static class IptablesInputText
{
    public static void Append(StringBuilder text, IptablesRule rule)
    {
        text.Append("-A ").Append(rule.Chain);
        foreach (IptablesMatch match in rule.Matches.AsSpan())
        {
            Append(text, match);
        }

        Append(text, rule.Target);
    }

    /// <summary>A table's part of the input.</summary>
    public static void Append(StringBuilder text, IptablesTableInput table)
    {
        text.Append('*').Append(table.Name).Append('\n');
        foreach (string chain in table.Chains)
        {
            text.Append(':').Append(chain).Append(" - [0:0]\n");
        }

        AppendAll(text, table.Rules);
        foreach (string chain in table.DeletedChains)
        {
            text.Append("-X ").Append(chain).Append('\n');
        }

        AppendAll(text, table.LastRules);
        text.Append("COMMIT\n");
    }

    private static void AppendAll(StringBuilder text, List<IptablesRule> rules)
    {
        foreach (IptablesRule rule in rules)
        {
            Append(text, rule);
            text.Append('\n');
        }
    }

    private static void Append(StringBuilder text, in IptablesMatch match)
    {
        string not = match.IsNegated ? "! " : "";
        string value = match.Text;
        uint number = match.Number;
        CultureInfo invariant = CultureInfo.InvariantCulture;
        _ = match.Kind switch
        {
            IptablesMatchKind.Comment when value.Contains(' ', StringComparison.Ordinal) => text.Append(" -m comment --comment \"").Append(value).Append('"'),
            IptablesMatchKind.Comment => text.Append(" -m comment --comment ").Append(value),
            IptablesMatchKind.Source => text.Append(' ').Append(not).Append("-s ").Append(value),
            IptablesMatchKind.Destination => text.Append(' ').Append(not).Append("-d ").Append(value),
            IptablesMatchKind.InInterface => text.Append(' ').Append(not).Append("-i ").Append(value),
            IptablesMatchKind.Protocol => text.Append(" -m ").Append(value).Append(" -p ").Append(value),
            IptablesMatchKind.DestinationPort => text.Append(invariant, $" --dport {number}"),
            IptablesMatchKind.SourceType => text.Append(" -m addrtype --src-type ").Append(value),
            IptablesMatchKind.DestinationType => text.Append(" -m addrtype --dst-type ").Append(value),
            IptablesMatchKind.ConnectionState => text.Append(" -m conntrack ").Append(not).Append("--ctstate ").Append(value),
            IptablesMatchKind.Mark => text.Append(invariant, $" -m mark {not}--mark 0x{number:x8}/0x{number:x8}"),
            IptablesMatchKind.OneOf => text.Append(" -m statistic --mode random --probability ").Append(IptablesProbability.Written(number)),
            IptablesMatchKind.RecentlySeen => text.Append(invariant, $" -m recent --name {value} --rcheck --seconds {number} --reap"),
            IptablesMatchKind.Remember => text.Append(" -m recent --name ").Append(value).Append(" --set"),
            IptablesMatchKind.Count => text.Append(" -m nfacct --nfacct-name ").Append(value),
            _ => text,
        };
    }

    private static void Append(StringBuilder text, in IptablesTarget target)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        _ = target.Kind switch
        {
            IptablesTargetKind.Jump => text.Append(" -j ").Append(target.Text),
            IptablesTargetKind.Reject => text.Append(" -j REJECT"),
            IptablesTargetKind.SetMark => text.Append(invariant, $" -j MARK --or-mark 0x{target.Mark:x8}"),
            IptablesTargetKind.FlipMark => text.Append(invariant, $" -j MARK --xor-mark 0x{target.Mark:x8}"),
            IptablesTargetKind.Masquerade => text.Append(" -j MASQUERADE").Append(target.Mark != 0 ? " --random-fully" : ""),
            IptablesTargetKind.Dnat => text.Append(" -j DNAT --to-destination ").Append(target.Text),
            _ => text,
        };
    }
}
