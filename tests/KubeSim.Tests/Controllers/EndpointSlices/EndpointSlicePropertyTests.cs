using KubeSim.Api;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Simulation;
using KubeSim.Tests.Proxy;
using static KubeSim.Tests.Controllers.EndpointSlices.EndpointObjects;

namespace KubeSim.Tests.Controllers.EndpointSlices;

/// <summary>Whatever happens to Pods and the Service, the slices say what the Pods and the Service say.</summary>
[TestFixture]
public sealed class EndpointSlicePropertyTests
{
    private const int Most = 4;

    [TestCase(1UL)]
    [TestCase(2UL)]
    [TestCase(3UL)]
    [TestCase(4UL)]
    public void The_union_of_the_slices_is_what_pods_and_service_say(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var world = new ServiceWorld(nodes: 3, maxEndpointsPerSlice: Most);
        world.CreateService(Named(Service()));
        for (int step = 0; step < 150; step++)
        {
            int changes = random.NextInt32(4) == 0 ? 6 : 1;
            for (int i = 0; i < changes; i++)
            {
                Change(world, random);
            }

            world.Settle();
            Check(world, $"step {step} of seed {seed}");
        }
    }

    private static void Change(ServiceWorld world, DeterministicRandom random)
    {
        string name = $"web-{random.NextInt32(20)}";
        Pod? pod = world.Api.Find<Pod>(new NamespacedName("default", name));
        switch (random.NextInt32(8))
        {
            case 0 when pod is not null:
                world.Api.Delete<Pod>(pod.Name, new DeleteOptions { GracePeriodSeconds = random.NextInt32(2) * 30 });
                break;
            case 1 when pod is not null:
                world.Api.Replace(pod with { Metadata = pod.Metadata with { Labels = LabelSet.Of("app", pod.Metadata.Labels["app"] == "web" ? "other" : "web") } });
                break;
            case 2 when pod is not null:
                world.Api.ReplaceStatus(pod with { Status = Status(Ip(random.NextInt32(400)), random.NextInt32(2) == 0) });
                break;
            case 3 when random.NextInt32(6) == 0:
                Service service = world.Api.Get<Service>(NamespacedName.Parse("default/web"));
                world.Api.Replace(service with { Spec = service.Spec with { PublishNotReadyAddresses = !(service.Spec.PublishNotReadyAddresses == true) } });
                break;
            case 4 when random.NextInt32(6) == 0:
                service = world.Api.Get<Service>(NamespacedName.Parse("default/web"));
                world.Api.Replace(service with { Spec = service.Spec with { TrafficDistribution = service.Spec.TrafficDistribution is null ? "PreferSameNode" : null } });
                break;
            default:
                if (pod is null)
                {
                    Pod created = WithPort(Pod(name, Ip(random.NextInt32(400)), $"node-{random.NextInt32(3) + 1}", random.NextInt32(2) == 0), random.NextInt32(3));
                    world.Api.ReplaceStatus(world.Api.Create(created) with { Status = created.Status });
                }
                else
                {
                    world.Api.ReplaceStatus(pod.With(!PodEndpoint.IsReady(pod)));
                }

                break;
        }
    }

    private static void Check(ServiceWorld world, string when)
    {
        Service service = world.Api.Get<Service>(NamespacedName.Parse("default/web"));
        Pod[] pods = [.. world.Api.List<Pod>().Where(pod => pod.Metadata.Labels["app"] == "web")];
        IReadOnlyList<EndpointSlice> slices = world.Slices();
        string[] said = [.. slices.SelectMany(slice => slice.Endpoints.Select(endpoint => Text(endpoint, slice.Ports is [var port] ? port.Port : null))).Order(StringComparer.Ordinal)];

        said.Should().Equal(pods.Select(pod => Naive(service, pod)).Order(StringComparer.Ordinal), "{0}", when);
        slices.Should().OnlyContain(slice => slice.Endpoints.Length <= Most, "{0}", when);
        new EndpointSliceReconciler(service, name => world.Api.Find<Node>(new NamespacedName("", name)), Most)
            .Reconcile(pods, slices).IsEmpty.Should().BeTrue("{0}: who looks at everything finds nothing to do", when);
    }

    private static string Naive(Service service, Pod pod)
    {
        bool isReady = pod.Status.Conditions[0].Status == "True";
        bool isGoing = pod.Metadata.DeletionTimestamp is not null;
        bool isUsed = service.Spec.PublishNotReadyAddresses == true || (isReady && !isGoing);
        string zone = pod.Spec.NodeName switch { "node-1" => "zone-a", "node-2" => "zone-b", _ => "zone-c" };
        string hints = service.Spec.TrafficDistribution is not null && isUsed ? $"{zone} {pod.Spec.NodeName}" : " ";
        int? port = pod.Spec.Containers[0].Ports is [var found] ? found.Port : null;
        return $"{pod.Metadata.Name} {pod.Status.PodIP}:{port} {isUsed}{isReady}{isGoing} {pod.Spec.NodeName} {zone} [{hints}]";
    }

    private static string Text(Endpoint endpoint, int? port) =>
        $"{endpoint.TargetRef!.Name} {endpoint.Addresses[0]}:{port} {endpoint.Conditions.Ready}{endpoint.Conditions.Serving}{endpoint.Conditions.Terminating} " +
        $"{endpoint.NodeName} {endpoint.Zone} [{(endpoint.Hints?.ForZones is [var zone] ? zone.Name : "")} {(endpoint.Hints?.ForNodes is [var node] ? node.Name : "")}]";

    private static Service Named(Service service) => service with { Spec = service.Spec with { Ports = [service.Spec.Ports[0] with { TargetPort = "main" }] } };

    /// <summary>Two of three Pods have the port, with two numbers.</summary>
    private static Pod WithPort(Pod pod, int kind) => kind == 0 ? pod : pod with
    {
        Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Ports = [new() { Name = "main", Port = 8000 + kind, Protocol = "TCP" }] }] },
    };
}
