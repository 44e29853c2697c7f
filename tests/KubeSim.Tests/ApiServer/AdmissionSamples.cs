using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Simulation;

namespace KubeSim.Tests.ApiServer;

/// <summary>Small objects to admit, and how admission answers.</summary>
internal static class AdmissionSamples
{
    public static readonly ServicePort Http = new() { Port = 80 };

    public static Admission Admission(params string[] cidrs) => new(Options(cidrs), new DeterministicRandom(1));

    public static ApiServerOptions Options(params string[] cidrs) =>
        new() { ServiceCidrs = (cidrs.Length == 0 ? ["10.96.0.0/16"] : cidrs).Select(Cidr.Parse).ToEquatableArray() };

    public static Service Service(string name = "s", params ServicePort[] ports) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Spec = new ServiceSpec { Selector = LabelSet.Of("app", "a"), Ports = ports.Length == 0 ? [Http] : ports.ToEquatableArray() },
    };

    public static Service Service(Func<ServiceSpec, ServiceSpec> change, string name = "s")
    {
        Service service = Service(name);
        return service with { Spec = change(service.Spec) };
    }

    public static Pod Pod(Func<PodSpec, PodSpec>? change = null)
    {
        var spec = new PodSpec { Containers = [new Container { Name = "c", Image = "img" }] };
        return new Pod { Metadata = new ObjectMeta { Name = "p", Namespace = "default" }, Spec = change is null ? spec : change(spec) };
    }

    public static Deployment Deployment(Func<DeploymentSpec, DeploymentSpec>? change = null)
    {
        var labels = LabelSet.Of("app", "a");
        var spec = new DeploymentSpec
        {
            Selector = new LabelSelector { MatchLabels = labels },
            Template = new PodTemplateSpec { Metadata = new ObjectMeta { Labels = labels }, Spec = Pod().Spec },
        };
        return new Deployment { Metadata = new ObjectMeta { Name = "d", Namespace = "default" }, Spec = change is null ? spec : change(spec) };
    }

    public static EndpointSlice Slice(params string[] addresses) => new()
    {
        Metadata = new ObjectMeta { Name = "e", Namespace = "default" },
        AddressType = "IPv4",
        Endpoints = addresses.Select(address => new Endpoint { Addresses = [address] }).ToEquatableArray(),
        Ports = [new EndpointPort { Name = "http", Port = 80, Protocol = "TCP" }],
    };

    public static T Admit<T>(this Admission admission, T value)
        where T : KubernetesObject => (T)admission.Create(value);

    public static T Change<T>(this Admission admission, T old, T value)
        where T : KubernetesObject => (T)admission.Update(old, value);

    public static Service Change(this Admission admission, Service old, Func<ServiceSpec, ServiceSpec> change) =>
        admission.Change(old, old with { Spec = change(old.Spec) });

    public static Status Refused(Action act) => act.Should().Throw<ApiException>().Which.Status;

    public static string Refusal(this Admission admission, KubernetesObject value) => Refused(() => admission.Create(value)).Message;

    public static string Refusal(this Admission admission, Service old, Func<ServiceSpec, ServiceSpec> change) =>
        Refused(() => admission.Change(old, change)).Message;
}
