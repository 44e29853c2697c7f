using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Conformance.Reading;
using KubeSim.Dns;

namespace KubeSim.Conformance.Dns;

/// <summary>What a kubelet writes for a Pod: <c>resolv.conf</c>, the hostname and <c>/etc/hosts</c>.</summary>
internal static class PodFileChecks
{
    public static void Check(CaseNode node, CaseNode one, Findings findings)
    {
        one.Skip("name", "source", "note");
        var pod = (Pod)KubernetesObjects.Read(one["pod"]);
        if (one.Has("resolvConf"))
        {
            var warnings = new List<string>();
            CheckFile(one["resolvConf"], Kubelet(one).Of(pod, warnings), findings);
            findings.CheckSet(one, warnings, one.Texts("events"), "events");
            return;
        }

        CheckHostname(one, PodHostname.Of(pod, node["clusterDomain"].Text), findings);
    }

    public static KubeletDns Kubelet(CaseNode node) => new()
    {
        ClusterDns = node["kubelet"].Texts("clusterDNS").ToEquatableArray(),
        ClusterDomain = node["kubelet"]["clusterDomain"].Text,
        NodeFile = node["node"]["resolvConf"] is { IsNull: false } file ? ResolverConfiguration.Parse(file.Text) : null,
        NodeAddresses = node["node"].Texts("addresses").Select(Addressing.IpAddress.Parse).ToEquatableArray(),
    };

    public static void CheckFile(CaseNode expected, ResolverConfiguration actual, Findings findings)
    {
        findings.CheckList(expected["nameservers"], actual.Nameservers, expected.Texts("nameservers"));
        findings.CheckList(expected["searches"], actual.Searches, expected.Texts("searches"));
        findings.CheckSet(expected["options"], actual.Options, expected.Texts("options"));
    }

    private static void CheckHostname(CaseNode one, PodHostname hostname, Findings findings)
    {
        if (one.Find("error") is { } error)
        {
            findings.Check(error, hostname.Error, error.Text);
        }
        else
        {
            findings.Check(one["hostname"], hostname.Name, one["hostname"].Text);
            findings.Check(one["fqdn"], hostname.FullName, TextOrNull(one["fqdn"]));
            findings.CheckList(one["etcHosts"], hostname.HostsLines, one.Texts("etcHosts"));
        }

        findings.Check(one["dnsName"], hostname.DnsName, TextOrNull(one["dnsName"]));
    }

    private static string? TextOrNull(CaseNode node) => node.IsNull ? null : node.Text;
}
