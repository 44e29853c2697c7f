using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Kubelet;

namespace KubeSim.Tests.Kubelet;

public sealed class NodeRegistrationTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_machine_registers_with_its_addresses_blocks_labels_and_version()
    {
        Node node = new NodeRegistration("node-1")
        {
            Addresses = [IpAddress.Parse("192.168.0.1"), IpAddress.Parse("fd00::1")],
            PodCidrs = [Cidr.Parse("10.244.1.0/24"), Cidr.Parse("fd00:1::/64")],
            Zone = "a",
            Labels = [new("disk", "ssd")],
        }.ToNode(Now);

        node.Status.Addresses.Select(address => $"{address.Type} {address.Address}").Should().Equal("InternalIP 192.168.0.1", "InternalIP fd00::1", "Hostname node-1");
        node.Spec.PodCIDR.Should().Be("10.244.1.0/24");
        node.Spec.PodCIDRs.Should().Equal("10.244.1.0/24", "fd00:1::/64");
        node.Metadata.Labels["kubernetes.io/hostname"].Should().Be("node-1");
        node.Metadata.Labels["topology.kubernetes.io/zone"].Should().Be("a");
        node.Metadata.Labels["disk"].Should().Be("ssd");
        node.Status.Conditions.Single(condition => condition.Type == "Ready").Status.Should().Be("True");
        node.Status.Carried["nodeInfo"]!["kubeletVersion"]!.Text.Should().Be("v1.36.2");
        node.Status.Carried["allocatable"]!["cpu"]!.Text.Should().Be("4");
    }

    [Test]
    public void A_machine_without_a_zone_has_no_zone_label() =>
        new NodeRegistration("node-1").ToNode(Now).Metadata.Labels.ContainsKey("topology.kubernetes.io/zone").Should().BeFalse();
}
