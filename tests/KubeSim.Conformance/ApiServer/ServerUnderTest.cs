using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.ApiServer.Rest;
using KubeSim.Simulation;

namespace KubeSim.Conformance.ApiServer;

/// <summary>A server on its own, without controllers and nodes.</summary>
internal sealed class ServerUnderTest
{
    public ServerUnderTest(string clusterIPs = "10.96.0.0/16", string nodePorts = "30000-32767", params ReadOnlySpan<string> furtherRanges)
    {
        string[] ports = nodePorts.Split('-');
        var options = new ApiServerOptions
        {
            ServiceCidrs = [.. clusterIPs.Split(',').Select(Cidr.Parse)],
            FurtherServiceCidrs = [.. furtherRanges.ToArray().Select(Cidr.Parse)],
            NodePortFirst = int.Parse(ports[0], System.Globalization.CultureInfo.InvariantCulture),
            NodePortLast = int.Parse(ports[1], System.Globalization.CultureInfo.InvariantCulture),
        };
        var queue = new EventQueue();
        var clock = new VirtualClock(queue, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Server = new KubeApiServer(queue, clock, new DeterministicRandom(1), new RunLog(queue), options);
        Server.Create(KubernetesService.Of(options));
        Rest = new RestApi(Server);
    }

    public KubeApiServer Server { get; }

    public RestApi Rest { get; }

    public void EnsureNamespace(string name)
    {
        if (name.Length > 0 && Server.Find<Namespace>(new("", name)) is null)
        {
            Server.Create(new Namespace { Metadata = new() { Name = name } });
        }
    }

    public RestResponse Send(string method, string path, JsonValue? body = null, string contentType = "application/json") =>
        Rest.Handle(new RestRequest(method, path) { Body = body, ContentType = contentType });
}
