using KubeSim.Dataplane;
using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>The same packet in three modes, side by side.</summary>
[TestFixture]
public sealed class P13IpvsTests
{
    [TestCase(ProxyMode.IPTables, "TimedOut TimedOut TimedOut TimedOut")]
    [TestCase(ProxyMode.Nftables, "Refused TimedOut TimedOut TimedOut")]
    [TestCase(ProxyMode.Ipvs, "Refused TimedOut Established Refused")]
    public void IPVS_behaves_as_no_other_mode_does(ProxyMode mode, string outcomes)
    {
        using Cluster cluster = With(
            Web("type: NodePort, clusterIP: 10.96.7.7, externalTrafficPolicy: Local", "[{ port: 80, targetPort: 8080, nodePort: 30080 }]")
            + "\n---\n{ apiVersion: v1, kind: Service, metadata: { name: inside }, spec: { selector: { app: web }, clusterIP: 10.96.7.8, internalTrafficPolicy: Local, ports: [{ port: 80, targetPort: 8080 }] } }",
            Mode(mode),
            "node-1");
        cluster.Apply("{ apiVersion: v1, kind: Pod, metadata: { name: sshd }, spec: { hostNetwork: true, nodeName: node-2, containers: [{ name: sshd, image: sshd, ports: [{ containerPort: 22 }] }] } }");

        string.Join(' ',
            cluster.Pod("client").Connect("10.96.7.7:22").Outcome,
            cluster.Pod("client").Connect("10.96.200.200:80").Outcome,
            cluster.External().Connect(cluster.NodePort("node-2")).Outcome,
            cluster.Pod("client").Connect("10.96.7.8:80").Outcome).Should().Be(outcomes, "a host's service, an address of nobody, an external policy and an internal one that leave nothing");
    }

    [Test]
    public void IPVS_goes_round_where_others_draw()
    {
        using Cluster cluster = With(Web(""), Mode(ProxyMode.Ipvs), "node-1", "node-1", "node-2");
        string[] served = [.. Enumerable.Range(0, 9).Select(_ => cluster.Pod("client").Connect("web:80").ServedBy!)];
        served[3..].Should().Equal(served[..6]);
    }
}
