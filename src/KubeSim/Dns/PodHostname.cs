using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>What a Pod calls itself: its hostname, its full name, and the lines of its <c>/etc/hosts</c>.</summary>
/// <source>kubernetes v1.36 pkg/kubelet/kubelet_pods.go: GeneratePodHostNameAndDomain, podFQDN, hostsEntriesFromHostAliases; pkg/kubelet/util: GetNodenameForKernel</source>
internal sealed record PodHostname
{
    private const int LongestLabel = 63;
    private const int LongestKernelName = 64;

    /// <summary>What <c>gethostname</c> returns.</summary>
    public string Name { get; private init; } = "";

    /// <summary>What the name resolves to itself, by <c>/etc/hosts</c>.</summary>
    public string FullName { get; private init; } = "";

    /// <summary>The lines that the kubelet adds to <c>/etc/hosts</c>, fields separated by one space.</summary>
    public EquatableArray<string> HostsLines { get; private init; }

    /// <summary>The name that DNS serves where a headless Service like the subdomain selects the Pod; with its final dot, null for none.</summary>
    public string? DnsName { get; private init; }

    /// <summary>Why the Pod's sandbox cannot be made; null where it can.</summary>
    public string? Error { get; private init; }

    public static PodHostname Of(Pod pod, string clusterDomain)
    {
        string? overriding = TextOf(pod, "hostnameOverride");
        string hostname = overriding ?? (pod.Spec.Hostname is { Length: > 0 } given ? given : Cut(pod.Metadata.Name));
        string domain = string.IsNullOrEmpty(pod.Spec.Subdomain) ? "" : $"{pod.Spec.Subdomain}.{pod.Metadata.Namespace}.svc.{clusterDomain}";
        string full = overriding is not null || domain.Length == 0 ? hostname : $"{hostname}.{domain}";
        bool isFull = pod.Spec.SetHostnameAsFQDN == true;
        if (isFull && full.Length > LongestKernelName)
        {
            return new() { Error = "FQDN longer than 64 characters" };
        }

        string names = full == hostname ? hostname : $"{full} {hostname}";
        return new()
        {
            Name = isFull ? full : hostname,
            FullName = full,
            HostsLines = [.. pod.Status.PodIPs.Select(address => $"{address.IP} {names}"), .. Aliases(pod)],
            DnsName = domain.Length > 0 && !string.IsNullOrEmpty(pod.Spec.Hostname) ? $"{pod.Spec.Hostname}.{domain}." : null,
        };
    }

    private static string? TextOf(Pod pod, string field) => pod.Spec.Carried[field]?.Text is { Length: > 0 } text ? text : null;

    private static string Cut(string name) => name.Length <= LongestLabel ? name : name[..LongestLabel].TrimEnd('-', '.');

    private static IEnumerable<string> Aliases(Pod pod) => (pod.Spec.Carried["hostAliases"]?.Items ?? default).Select(alias =>
        $"{alias["ip"]?.Text} {string.Join(' ', (alias["hostnames"]?.Items ?? default).Select(hostname => hostname.Text))}");
}
