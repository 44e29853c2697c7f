using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>Conntrack: which entries a clean-up takes out, and what is written to the kernel's settings.</summary>
internal static class ConntrackChecks
{
    private const int DefaultCores = 8;

    public static void Check(CaseNode node, ProxyUnderTest proxy, Findings findings)
    {
        CheckEntries(node.Find("conntrack"), proxy, findings);
        foreach (CaseNode row in node.Find("conntrackMax")?.Items ?? [])
        {
            var settings = new ConntrackSettings { MaxPerCore = row["maxPerCore"].Int, Min = row["min"].Int };
            findings.Check(row, settings.MaxFor(row["cores"].Int), row["expect"].Int);
        }

        foreach (CaseNode row in node.Find("sysctlsWritten")?.Items ?? [])
        {
            CheckWrites(row, findings);
        }

        if (node.Find("changedIn") is { } later)
        {
            CheckIsLater(later);
        }
    }

    /// <summary>Puts entries in, cleans up, and looks which are left.</summary>
    public static void CheckEntries(CaseNode? entries, ProxyUnderTest proxy, Findings findings)
    {
        if (entries is null)
        {
            return;
        }

        Conntrack conntrack = proxy.Node.Conntrack;
        conntrack.Clear();
        var rows = new List<(CaseNode Row, Flow Flow)>();
        foreach (CaseNode row in entries.Items)
        {
            row.Skip("why");
            Flow flow = FlowOf(row, rows.Count, proxy);
            var replySource = new IpPort(IpAddress.Parse(row["replySrc"].Text), row["replySport"].Int);
            conntrack.Add(flow, new Flow(replySource, flow.Source, flow.Protocol), isReplied: true, proxy.Now, out _);
            rows.Add((row, flow));
        }

        conntrack.Delete(new StaleUdpFlows(proxy.Node.Table!.Rules, proxy.Endpoints, proxy.Configuration.IsIPv6).IsStale, proxy.Now);
        foreach ((CaseNode row, Flow flow) in rows)
        {
            findings.Check(row, conntrack.Find(flow, proxy.Now) >= 0 ? "kept" : "deleted", row["expect"].Text, flow.ToString());
        }
    }

    private static Flow FlowOf(CaseNode row, int number, ProxyUnderTest proxy)
    {
        // An entry that came through a NodePort, to whatever address of the node.
        string text = row["origDst"].Text;
        IpAddress destination = IpAddress.Parse(text != "any" ? text : proxy.Configuration.IsIPv6 ? "2001:db8::77" : "192.0.2.77");
        IpAddress source = IpAddress.Parse(destination.IsIPv6 ? "2001:db8::88" : "198.51.100.88");
        return new Flow(new IpPort(source, 10000 + number), new IpPort(destination, row["origDport"].Int), Protocols.Read(row["protocol"]));
    }

    private static void CheckWrites(CaseNode row, Findings findings)
    {
        IReadOnlyList<string> writes = SettingsOf(row["option"], row["value"]).WritesFor(DefaultCores);
        string[] expected = [.. row.Texts("writes")];

        // A row may give a name alone: then the value depends on the machine.
        findings.CheckList(row, writes.Select((write, i) => i < expected.Length && !expected[i].Contains('=', StringComparison.Ordinal) ? write.Split('=')[0] : write), expected);
    }

    private static ConntrackSettings SettingsOf(CaseNode option, CaseNode value) => option.Text switch
    {
        "none" when value.IsNull => new(),
        "maxPerCore" => new() { MaxPerCore = value.Int },
        "min" => new() { Min = value.Int },
        "tcpEstablishedTimeout" => new() { TcpEstablishedTimeout = Durations.Read(value) },
        "tcpCloseWaitTimeout" => new() { TcpCloseWaitTimeout = Durations.Read(value) },
        "tcpBeLiberal" => new() { TcpBeLiberal = value.Boolean },
        "udpTimeout" => new() { UdpTimeout = Durations.Read(value) },
        "udpStreamTimeout" => new() { UdpStreamTimeout = Durations.Read(value) },
        _ => throw option.Wrong("is no option for conntrack"),
    };

    /// <summary>What later releases do differently is not asked of KubeSim, which follows 1.36.</summary>
    private static void CheckIsLater(CaseNode later)
    {
        later.Skip("pullRequest", "expect");
        if (Version.Parse(later["version"].Text) <= new Version(1, 36))
        {
            throw later.Wrong(string.Create(CultureInfo.InvariantCulture, $"is about {later["version"].Text}, which KubeSim should follow"));
        }
    }
}
