using KubeSim.Api;
using KubeSim.Dns;

namespace KubeSim.Tests.Dns;

[TestFixture]
public sealed class PodHostnameTests
{
    [TestCase(null, null, "web-1", "web-1", null)]
    [TestCase("one", null, "one", "one", null)]
    [TestCase(null, "db", "web-1", "web-1.db.default.svc.cluster.local", null)]
    [TestCase("one", "db", "one", "one.db.default.svc.cluster.local", "one.db.default.svc.cluster.local.")]
    public void The_full_name_needs_a_subdomain_and_DNS_a_hostname_too(string? hostname, string? subdomain, string name, string full, string? dnsName)
    {
        PodHostname found = Of(new PodSpec { Hostname = hostname, Subdomain = subdomain });

        (found.Name, found.FullName, found.DnsName).Should().Be((name, full, dnsName));
        found.HostsLines.Should().Equal(full == name ? $"10.1.0.1 {name}" : $"10.1.0.1 {full} {name}");
    }

    [Test]
    public void The_kernel_takes_no_full_name_over_64_characters()
    {
        var spec = new PodSpec { Hostname = new string('h', 30), Subdomain = new string('s', 30) };

        Of(spec).Error.Should().BeNull();
        Of(spec with { SetHostnameAsFQDN = true }).Error.Should().Be("FQDN longer than 64 characters");
    }

    private static PodHostname Of(PodSpec spec) => PodHostname.Of(
        new Pod { Metadata = new() { Name = "web-1", Namespace = "default" }, Spec = spec, Status = new() { PodIPs = [new() { IP = "10.1.0.1" }] } }, "cluster.local");
}
