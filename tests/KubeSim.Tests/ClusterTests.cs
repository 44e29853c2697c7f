using KubeSim.Api;
using KubeSim.Tracing;

namespace KubeSim.Tests;

/// <summary>That the front door wires the parts together.</summary>
public sealed class ClusterTests
{
    [Test]
    public void A_service_has_an_endpoints_object_of_its_name_beside_its_slices()
    {
        using var cluster = Cluster.Create();
        PodHandle web = cluster.RunPod("web", port: 8080);

        cluster.Expose("pod/web", port: 80, targetPort: 8080);

        EndpointSubset subset = cluster.Api.Get<Endpoints>("default/web").Subsets.Should().ContainSingle().Subject;
        subset.Addresses.Should().ContainSingle().Which.IP.Should().Be(web.Address.ToString());
        subset.Ports.Should().ContainSingle().Which.Port.Should().Be(8080);
    }

    [Test]
    public void A_node_that_becomes_ready_loses_the_taint_that_kept_pods_away()
    {
        using var cluster = Cluster.Create(nodes: 0);
        Node node = cluster.Api.Create(new Node
        {
            Metadata = new ObjectMeta { Name = "late" },
            Status = new NodeStatus { Conditions = [new Condition { Type = "Ready", Status = ConditionStatus.False }] },
        });
        cluster.RunPod("web");
        cluster.Api.Get<Pod>("default/web").Spec.NodeName.Should().BeNull("the node is not ready");

        node = cluster.Api.Get<Node>("late");
        cluster.Api.ReplaceStatus(node with { Status = node.Status with { Conditions = [new Condition { Type = "Ready", Status = ConditionStatus.True }] } });

        cluster.Api.Get<Node>("late").Spec.Taints.Should().BeEmpty();
        cluster.Api.Get<Pod>("default/web").Spec.NodeName.Should().Be("late");
    }

    [Test]
    public void A_refused_connection_names_the_service_without_endpoints()
    {
        using var cluster = Cluster.Create();
        PodHandle client = cluster.RunPod("client");
        cluster.Apply("""
            apiVersion: v1
            kind: Service
            metadata: { name: empty }
            spec: { selector: { app: nobody }, ports: [ { port: 80 } ] }
            """);

        using Connection connection = client.Connect("empty:80");

        connection.Outcome.Should().Be(ConnectionOutcome.Refused, "{0}", connection.Trace);
        connection.Trace.Reason!.Code.Should().Be(ReasonCode.NoEndpoints);
        connection.Trace.Reason.Message.Should().Contain("default/empty").And.Contain("app=nobody");
    }
}
