using KubeSim.Api;
using KubeSim.ApiServer.Printing;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class PrintedTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 1, 0, TimeSpan.Zero);

    private static readonly Service[] Services =
    [
        Service("dual", new ServiceSpec { Type = "ClusterIP", ClusterIPs = ["10.96.50.4"], ExternalIPs = ["80.11.12.10"], Ports = [Port(80)], Selector = LabelSet.Of("app", "nothing") }),
        Service("ext", new ServiceSpec { Type = "ExternalName", ExternalName = "db.example.com" }),
        Service("hl", new ServiceSpec { Type = "ClusterIP", ClusterIPs = ["None"], Ports = [Port(80)], Selector = LabelSet.Of("app", "web") }),
        Service("lb", new ServiceSpec { Type = "LoadBalancer", ClusterIPs = ["10.96.50.3"], Ports = [Port(80, 30081)], Selector = LabelSet.Of("app", "web") }) with
        {
            Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { IP = "9.9.9.9" }] } },
        },
        Service("np", new ServiceSpec { Type = "NodePort", ClusterIPs = ["10.96.50.2"], Ports = [Port(80, 30080), Port(53, 30053) with { Protocol = "UDP" }], Selector = LabelSet.Of("app", "web") }),
    ];

    [Test]
    public void Services_look_as_kubectl_shows_them() =>
        Table(ResourceType.Service, Services).ToString().Should().Be(
            """
            NAME   TYPE           CLUSTER-IP   EXTERNAL-IP      PORT(S)                     AGE
            dual   ClusterIP      10.96.50.4   80.11.12.10      80/TCP                      60s
            ext    ExternalName   <none>       db.example.com   <none>                      60s
            hl     ClusterIP      None         <none>           80/TCP                      60s
            lb     LoadBalancer   10.96.50.3   9.9.9.9          80:30081/TCP                60s
            np     NodePort       10.96.50.2   <none>           80:30080/TCP,53:30053/UDP   60s

            """);

    [Test]
    public void Wide_services_show_their_selector_and_all_namespaces_come_first() =>
        Table(ResourceType.Service, Services[..2]).ToText(new PrintOptions { Wide = true, AllNamespaces = true }).Should().Be(
            """
            NAMESPACE   NAME   TYPE           CLUSTER-IP   EXTERNAL-IP      PORT(S)   AGE   SELECTOR
            default     dual   ClusterIP      10.96.50.4   80.11.12.10      80/TCP    60s   app=nothing
            default     ext    ExternalName   <none>       db.example.com   <none>    60s   <none>

            """);

    [Test]
    public void Without_headers_narrow_columns_keep_six_places()
    {
        var deployment = new Deployment
        {
            Metadata = Meta("web"),
            Spec = new DeploymentSpec { Replicas = 2 },
            Status = new DeploymentStatus { ReadyReplicas = 2, UpdatedReplicas = 2, AvailableReplicas = 2 },
        };

        Table(ResourceType.Deployment, deployment).ToText(new PrintOptions { NoHeaders = true }).Should().Be("web   2/2   2     2     60s\n");
        Table(ResourceType.Deployment, deployment).ToText(new PrintOptions { WithKind = true, ShowLabels = true }).Should().Be(
            """
            NAME                  READY   UP-TO-DATE   AVAILABLE   AGE   LABELS
            deployment.apps/web   2/2     2            2           60s   <none>

            """);
    }

    [Test]
    public void A_load_balancer_without_an_address_is_pending() =>
        Table(ResourceType.Service, Service("s", new ServiceSpec { Type = "LoadBalancer", Ports = [Port(80, 30080)] })).Rows[0].Cells[3].Should().Be("<pending>");

    [Test]
    public void Wide_replica_sets_show_their_containers()
    {
        var replicaSet = new ReplicaSet
        {
            Metadata = Meta("web-658549dddc"),
            Spec = new ReplicaSetSpec
            {
                Replicas = 2,
                Selector = new LabelSelector { MatchLabels = LabelSet.Parse("app=web"), MatchExpressions = [new LabelSelectorRequirement { Key = "tier", Operator = "In", Values = ["b", "a"] }] },
                Template = new PodTemplateSpec { Spec = new PodSpec { Containers = [new Container { Name = "c", Image = "img:1" }, new Container { Name = "d", Image = "img:2" }] } },
            },
            Status = new ReplicaSetStatus { Replicas = 2, ReadyReplicas = 1 },
        };

        Table(ResourceType.ReplicaSet, replicaSet).ToText(new PrintOptions { Wide = true }).Should().Be(
            """
            NAME             DESIRED   CURRENT   READY   AGE   CONTAINERS   IMAGES        SELECTOR
            web-658549dddc   2         2         1       60s   c,d          img:1,img:2   app=web,tier in (a,b)

            """);
    }

    [Test]
    public void Endpoints_show_the_first_three()
    {
        var subset = new EndpointSubset { Addresses = [new() { IP = "10.244.1.10" }, new() { IP = "10.244.1.11" }], Ports = [new() { Port = 8080 }, new() { Port = 53 }] };
        Endpoints[] all =
        [
            new() { Metadata = Meta("np"), Subsets = [subset] },
            new() { Metadata = Meta("none") },
            new() { Metadata = Meta("sick"), Subsets = [new EndpointSubset { NotReadyAddresses = subset.Addresses, Ports = subset.Ports }] },
        ];

        Table(ResourceType.Endpoints, all).Rows.Select(row => row.Cells[1]).Should().Equal("10.244.1.10:8080,10.244.1.11:8080,10.244.1.10:53 + 1 more...", "<none>", "");
    }

    [Test]
    public void Slices_show_ports_and_addresses()
    {
        EndpointSlice full = AdmissionSamples.Slice("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4") with { Ports = [new EndpointPort { Port = 8080 }, new EndpointPort { Port = 53 }] };
        EndpointSlice empty = full with { Endpoints = default, Ports = default };

        Table(ResourceType.EndpointSlice, full, empty).Rows.Select(row => string.Join(' ', row.Cells.Skip(1).Take(3)))
            .Should().Equal("IPv4 8080,53 10.0.0.1,10.0.0.2,10.0.0.3 + 1 more...", "IPv4 <unset> <unset>");
    }

    [Test]
    public void Nodes_show_status_and_roles()
    {
        Node[] nodes =
        [
            Node("n1", "True", null) with { Metadata = Meta("n1") with { Labels = LabelSet.Of("node-role.kubernetes.io/control-plane", "") } },
            Node("n3", "False", true),
            new() { Metadata = Meta("new") },
        ];

        Table(ResourceType.Node, nodes).Rows.Select(row => $"{row.Cells[1]} {row.Cells[2]}").Should().Equal("Ready control-plane", "NotReady,SchedulingDisabled <none>", "Unknown <none>");

        static Node Node(string name, string ready, bool? cordoned) => new()
        {
            Metadata = Meta(name),
            Spec = new NodeSpec { Unschedulable = cordoned },
            Status = new NodeStatus { Conditions = [new Condition { Type = "Ready", Status = ready }] },
        };
    }

    [Test]
    public void Another_kind_shows_name_and_age()
    {
        var map = new UnstructuredObject(new ResourceType("", "v1", "ConfigMap", "configmaps", true)) { Metadata = Meta("m") with { CreationTimestamp = null } };

        Table(map.Resource, map).ToString().Should().Be("NAME   AGE\nm      <unknown>\n");
    }

    [Test]
    public void Nothing_is_printed_of_nothing() => Table(ResourceType.Pod).ToString().Should().BeEmpty();

    private static PrintedTable Table(ResourceType resource, params KubernetesObject[] objects) => PrintedTable.Of(resource, objects, Now);

    private static ObjectMeta Meta(string name) => new() { Name = name, Namespace = "default", CreationTimestamp = Now - TimeSpan.FromMinutes(1) };

    private static Service Service(string name, ServiceSpec spec) => new() { Metadata = Meta(name), Spec = spec };

    private static ServicePort Port(int port, int? nodePort = null) => new() { Port = port, NodePort = nodePort, Protocol = "TCP" };
}
