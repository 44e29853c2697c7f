using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Tests.Dataplane;

/// <summary>On which of a node's addresses node ports answer.</summary>
[TestFixture]
public sealed class NodePortAddressesTests
{
    [TestCase("", "192.168.0.1", true)]
    [TestCase("10.0.0.0/8", "192.168.0.1", false)]
    [TestCase("192.168.0.0/24", "192.168.0.1", true)]
    [TestCase("fd00::/64", "192.168.0.1", true)]
    [TestCase("", "192.168.0.2", false)]
    [TestCase("", "127.0.0.1", true)]
    [TestCase("192.168.0.0/24", "127.0.0.1", false)]
    [TestCase("127.0.0.0/8", "127.0.0.1", true)]
    [TestCase("", "::1", false)]
    public void Node_ports_answer_on_the_nodes_addresses_that_the_configuration_allows(string blocks, string address, bool answers)
    {
        var lab = new Lab();
        lab.Node(1).ProxySettings = new ProxySettings { NodePortAddresses = blocks.Length == 0 ? [] : [Cidr.Parse(blocks)] };
        ServiceDecision.AnswersNodePorts(lab.Node(1), Lab.Ip(address)).Should().Be(answers);
    }
}
