using KubeSim;
using KubeSim.Api;
using KubeSim.Measurement;
using KubeSim.Samples.HelloService;
using KubeSim.Tracing;

var story = new Story(Console.Out, !Console.IsOutputRedirected);
string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

story.Title("A Service gives a set of Pods one address and one name that never change.");
using var cluster = Cluster.Create(new ClusterOptions
{
    Nodes = [new("node-1"), new("node-2")],
    LoadBalancerAddresses = ["198.51.100.1-198.51.100.2"],
});

story.Chapter("A green front end and three blue Pods, and no Service yet");
story.Show("kubectl apply -f hello.yaml", cluster.ApplyFile(Beside("hello.yaml")));
cluster.Clock.Advance(TimeSpan.FromSeconds(5));
story.Show("kubectl get pods -o wide", cluster.Get("pods", output: "wide"));
PodHandle webFe = cluster.Pod("default/web-fe");
var unknown = webFe.Resolve("hello-svc");
story.Show("web-fe: resolve hello-svc", $"{unknown}\n{unknown.Reason?.Message}");

story.Chapter("One command, and the Pods have an address and a name");
story.Show(
    "kubectl expose pod hello-pod --name=hello-svc --target-port=8080 --type=NodePort",
    cluster.Expose("pod/hello-pod", name: "hello-svc", targetPort: 8080, type: ServiceType.NodePort));
story.Show("kubectl get services", cluster.Get("services"));
story.Show("kubectl get endpointslices", cluster.Get("endpointslices"));

story.Chapter("The way of one connection");
story.Show("web-fe: connect to hello-svc:8080", FirstToAnotherNode(webFe));

story.Chapter("300 connections spread over the three Pods");
story.Show("web-fe: connect 300 times", Shares(webFe.ConnectMany("hello-svc:8080", 300)));

story.Chapter("A Pod dies, and nobody notices");
string address = cluster.Api.Get<Service>("default/hello-svc").Spec.ClusterIP!;
PodHandle victim = cluster.Pods("app=hello").First(pod => pod.Name != "hello-pod");
story.Show($"kubectl delete pod {victim.Name}", cluster.Delete($"pod/{victim.Name}"));
story.Show("kubectl get pods -l app=hello", cluster.Get("pods", selector: "app=hello"));
story.Show("web-fe: connect 300 times", Shares(webFe.ConnectMany("hello-svc:8080", 300)));
story.Say($"hello-svc was {address} and is {webFe.Resolve("hello-svc").Addresses[0]}: the Deployment's new Pod has joined behind it.");

story.Chapter("From outside: the same port on every node");
var service = cluster.Api.Get<Service>("default/hello-svc");
ExternalHost user = cluster.External("203.0.113.7");
foreach (string node in new[] { "node-1", "node-2" })
{
    string target = $"{cluster.Node(node).Address}:{service.Spec.Ports[0].NodePort}";
    story.Show($"203.0.113.7: connect to {target}", user.Connect(target).EnsureEstablished().Trace);
}

story.Chapter("From outside: an address of its own");
story.Show("kubectl apply -f hello-lb.yaml", cluster.ApplyFile(Beside("hello-lb.yaml")));
story.Show("kubectl get service hello-lb", cluster.Get("service/hello-lb"));
string external = cluster.Api.Get<Service>("default/hello-lb").Status.LoadBalancer.Ingress[0].IP!;
story.Show($"203.0.113.7: connect to {external}:80", user.Connect($"{external}:80").EnsureEstablished().Trace);
story.Say("The pool has two addresses. A third Service of this type has to wait:");
cluster.Expose("pod/hello-pod", name: "second-lb", port: 80, targetPort: 8080, type: ServiceType.LoadBalancer);
cluster.Expose("pod/hello-pod", name: "third-lb", port: 80, targetPort: 8080, type: ServiceType.LoadBalancer);
story.Show("kubectl get services", cluster.Get("services"));
cluster.Delete("service/third-lb");
cluster.Delete("service/second-lb");

story.Chapter("A real application");
ApplyResult boutique = cluster.ApplyFile(Beside("online-boutique.yaml"));
story.Show("kubectl apply -f online-boutique.yaml", $"{boutique.Objects.Length} objects, {boutique.Warnings.Length} warnings");
cluster.Clock.Advance(TimeSpan.FromSeconds(30));
story.Show("kubectl get deployments", cluster.Get("deployments"));
story.Show("kubectl get services", cluster.Get("services"));

story.Say("Who reaches whom:");
PodHandle PodOf(string app) => cluster.Pods($"app={app}")[0];
IReadOnlyList<Service> services = [.. cluster.Api.List<Service>(new ListOptions { Namespace = "default" })
    .Where(candidate => boutique.Objects.Any(applied => applied.Resource == ResourceType.Service && applied.Name == candidate.Name))];
Reachability inside = cluster.Reach(
    [PodOf("frontend"), PodOf("checkoutservice"), PodOf("cartservice"), cluster.Node("node-1"), user],
    services.Select(found => $"{found.Metadata.Name}:{found.Spec.Ports[0].Port}"));
story.Show("by name, from Pods, a node and outside", inside);
story.Show("frontend-external, by each of its addresses", cluster.Reach([PodOf("loadgenerator"), cluster.Node("node-1"), user], cluster.Frontends("default/frontend-external")));

static Trace FirstToAnotherNode(TrafficSource from)
{
    while (true)
    {
        using Connection connection = from.Connect("hello-svc:8080").EnsureEstablished();
        if (connection.Trace.Has<Step.Forward>()) return connection.Trace;
    }
}

static string Shares(LoadReport report) =>
    string.Join('\n', report.PerEndpoint.Select(share => $"{share.Pod,-24} {share.Endpoint,-18} {share.Connections,4}")) + $"\n{report.Established} of {report.Sent} established";
