using System.Globalization;
using System.Text;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>What <c>nft list table</c> prints.</summary>
/// <source>nft 1.0.6</source>
internal static class NftablesListing
{
    /// <summary>The number of addresses that the kernel lets a set grow to which the packet path fills.</summary>
    private const int DynamicSetSize = 65535;

    /// <summary>The whole table; empty where kube-proxy has not made it.</summary>
    public static string Of(NftablesTable table)
    {
        if (table.Comment is null)
        {
            return "";
        }

        var text = new StringBuilder();
        text.Append("table ").Append(table.Family).Append(" kube-proxy {\n\tcomment \"").Append(table.Comment).Append("\"\n");
        bool isFirst = true;
        foreach (NftablesSet set in table.Sets)
        {
            text.Append(isFirst ? "" : "\n");
            isFirst = false;
            Write(text, set);
        }

        foreach (NftablesChain chain in table.Chains)
        {
            text.Append(isFirst ? "" : "\n");
            isFirst = false;
            Write(text, chain);
        }

        return text.Append("}\n").ToString();
    }

    private static void Write(StringBuilder text, NftablesSet set)
    {
        text.Append(set.IsMap ? "\tmap " : "\tset ").Append(set.Name).Append(" {\n\t\ttype ").Append(set.Type).Append('\n');
        if (set.Timeout is { } timeout)
        {
            text.Append("\t\tsize ").Append(DynamicSetSize).Append("\n\t\tflags dynamic,timeout\n\t\ttimeout ").Append(Duration(timeout)).Append('\n');
        }

        if (set.Comment is not null)
        {
            text.Append("\t\tcomment \"").Append(set.Comment).Append("\"\n");
        }

        if (set.Count > 0)
        {
            WriteElements(text, set);
        }

        text.Append("\t}\n");
    }

    /// <summary>Two plain IPv4 addresses share a line; whatever is longer has one of its own.</summary>
    private static void WriteElements(StringBuilder text, NftablesSet set)
    {
        int perLine = set.Type == "ipv4_addr" ? 2 : 1;
        int place = 0;
        text.Append("\t\telements = { ");
        foreach (NftablesElement element in set.Elements)
        {
            text.Append(place == 0 ? "" : place % perLine == 0 ? ",\n\t\t\t     " : ", ").Append(element.ToString());
            place++;
        }

        text.Append(" }\n");
    }

    private static void Write(StringBuilder text, NftablesChain chain)
    {
        text.Append("\tchain ").Append(chain.Name).Append(" {\n");
        if (chain.Comment is not null)
        {
            text.Append("\t\tcomment \"").Append(chain.Comment).Append("\"\n");
        }

        if (chain.Hook is not null)
        {
            text.Append("\t\t").Append(chain.Hook.Listed).Append('\n');
        }

        foreach (NftablesRule rule in chain.Rules)
        {
            text.Append("\t\t").Append(rule.Listed).Append('\n');
        }

        text.Append("\t}\n");
    }

    /// <summary>For example <c>3h</c> or <c>1h30m</c>.</summary>
    private static string Duration(TimeSpan time)
    {
        var text = new StringBuilder();
        Append(text, time.Days, 'd');
        Append(text, time.Hours, 'h');
        Append(text, time.Minutes, 'm');
        Append(text, time.Seconds, 's');
        return text.ToString();
    }

    private static void Append(StringBuilder text, int count, char unit)
    {
        if (count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
        }
    }
}
