using KubeSim.Conformance.KubeProxy;
using KubeSim.Conformance.Reading;
using KubeSim.Manifests;

namespace KubeSim.Conformance.Tests;

/// <summary>The runner of kube-proxy's cases can fail: each test breaks one thing of a case that holds.</summary>
public sealed class KubeProxyFamilyTests
{
    private const string Sound =
        """
        name: sound
        modes: [iptables]
        proxy: {ipFamily: IPv4, nodeName: test-node, nodeIPs: [192.168.0.2], localAddresses: [192.168.0.2], detectLocal: ClusterCIDR, localPodCIDR: 10.0.0.0/8}
        objects:
        - apiVersion: v1
          kind: Service
          metadata: {name: svc1, namespace: ns1}
          spec: {clusterIP: 172.30.0.41, ports: [{name: p80, port: 80, protocol: TCP}]}
        - apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata: {name: svc1-1, namespace: ns1, labels: {kubernetes.io/service-name: svc1}}
          addressType: IPv4
          endpoints: [{addresses: [10.180.0.1], nodeName: test-node}, {addresses: [10.180.0.2]}]
          ports: [{name: p80, port: 80, protocol: TCP}]
        flows:
        - {name: one, from: 10.0.0.2, to: 172.30.0.41, port: 80, protocol: TCP, outcome: accept, endpoints: ['10.180.0.2:80', '10.180.0.1:80'], masquerade: false}
        asserts: {servicePorts: 1, localReadyEndpoints: {ns1/svc1: 1}, natRulesTotal: 13, fullSync: true}
        updates:
        - description: more than an hour later
          asserts: {fullSync: true, serviceChainsRewritten: [ns1/svc1]}
        - description: sync with no changes
          asserts: {fullSync: false, natRulesInLastSync: 6, serviceChainsRewritten: []}
        """;

    /// <summary>What iptables has without any Service.</summary>
    private const string Empty =
        """
        name: empty
        modes: [iptables]
        expectIptables:
          filter:
            KUBE-FIREWALL: ['-m comment --comment "block incoming localnet connections" -d 127.0.0.0/8 ! -s 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP']
            KUBE-FORWARD:
            - -m conntrack --ctstate INVALID -m nfacct --nfacct-name ct_state_invalid_dropped_pkts -j DROP
            - -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT
            - -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
          nat:
            KUBE-NODEPORTS: []
            KUBE-MARK-MASQ: ['-j MARK --or-mark 0x4000']
            KUBE-POSTROUTING:
            - -m mark ! --mark 0x4000/0x4000 -j RETURN
            - -j MARK --xor-mark 0x4000
            - -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE
            KUBE-SERVICES:
            - '-m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS'
        """;

    [Test]
    public void A_case_that_holds_passes() => Run(Sound).Should().NotThrow();

    [TestCase("'10.180.0.1:80'], masq", "'10.180.0.3:80'], masq", "*flows[0]*'one' endpoints: expected*10.180.0.3:80*")]
    [TestCase("'10.180.0.2:80', '10.180.0.1:80'", "'10.180.0.2:80'", "*flows[0]*'one' endpoints: expected*")]
    [TestCase("outcome: accept", "outcome: drop", "*'one': expected drop, found accept*")]
    [TestCase("masquerade: false", "masquerade: true", "*'one' masquerade: expected True, found False*")]
    [TestCase("servicePorts: 1", "servicePorts: 2", "*servicePorts expected 2, found 1*")]
    [TestCase("ns1/svc1: 1}", "ns1/svc1: 2}", "*localReadyEndpoints expected*")]
    [TestCase("natRulesTotal: 13", "natRulesTotal: 12", "*natRulesTotal expected 12, found 13*")]
    [TestCase("more than an hour later", "a minute later", "*updates[0].asserts.fullSync expected True, found False*")]
    [TestCase("sync with no changes", "forced full sync", "*updates[1].asserts.fullSync expected False, found True*")]
    [TestCase("serviceChainsRewritten: []", "serviceChainsRewritten: [ns1/svc1]", "*serviceChainsRewritten expected *ns1/svc1*, found *")]
    public void A_wrong_expectation_fails(string right, string wrong, string message) => Run(Replace(right, wrong)).Should().Throw<CaseFailedException>().WithMessage(message);

    [TestCase("name: sound", "name: sound\nweather: fair", "*weather")]
    [TestCase("outcome: accept", "outcome: accept, speed: high", "*flows[0].speed")]
    [TestCase("servicePorts: 1", "servicePorts: 1, rulesInTheMoon: 3", "*asserts.rulesInTheMoon")]
    [TestCase("natRulesTotal: 13", "elementsAdded: 13", "*asserts.elementsAdded")]
    [TestCase("modes: [iptables]", "modes: [iptables]\nprobability: []", "*probability")]
    [TestCase("modes: [iptables]", "modes: [iptables]\nnftLayouts: [nft-2.0]", "*nftLayouts[0] is no layout*")]
    [TestCase("nodeName: test-node, nodeIPs", "nodeName: test-node, colour: red, nodeIPs", "*proxy.colour")]
    [TestCase("port: 80, protocol: TCP}]}", "port: 80, protocol: TCP, portal: 1}]}", "*fields that Kubernetes does not know*portal*")]
    [TestCase("detectLocal: ClusterCIDR", "detectLocal: Guessing", "*proxy.detectLocal is no detector*")]
    [TestCase("port: 80, protocol: TCP, outcome", "port: 80, protocol: QUIC, outcome", "*flows[0].protocol is no protocol*")]
    public void What_the_runner_does_not_understand_fails(string right, string wrong, string message) => Run(Replace(right, wrong)).Should().Throw<CaseFormatException>().WithMessage(message);

    [TestCase("KUBE-MARK-MASQ: ['-j MARK --or-mark 0x4000']", "KUBE-MARK-MASQ: ['-j MARK --or-mark 0x8000']", "*expectIptables.nat.KUBE-MARK-MASQ expected *0x8000*found*0x4000*")]
    [TestCase("KUBE-MARK-MASQ: ['-j MARK --or-mark 0x4000']", "KUBE-NO-SUCH: []", "*expectIptables.nat listed, but not there: expected *, found *KUBE-NO-SUCH*")]
    [TestCase("KUBE-MARK-MASQ: ['-j MARK --or-mark 0x4000']", "", "*expectIptables.nat not listed: expected *, found *KUBE-MARK-MASQ*")]
    public void A_listing_that_differs_fails(string right, string wrong, string message) => Run(Empty.Replace(right, wrong, StringComparison.Ordinal)).Should().Throw<CaseFailedException>().WithMessage(message);

    [Test]
    public void A_listing_that_is_the_same_passes() => Run(Empty).Should().NotThrow();

    [Test]
    public void Each_mode_is_a_test_of_its_own() =>
        new KubeProxyFamily().CasesOf(YamlDocuments.Read(Replace("[iptables]", "[iptables, nftables]"), "x").Single(), "x").Select(run => run.Name)
            .Should().Equal("sound [iptables]", "sound [nftables]");

    private static string Replace(string right, string wrong)
    {
        Sound.Should().Contain(right);
        return Sound.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static Action Run(string text) => ConformanceCase.Of("case.yaml", new KubeProxyFamily().CasesOf(YamlDocuments.Read(text, "case.yaml").Single(), "case.yaml").Single()).Run;
}
