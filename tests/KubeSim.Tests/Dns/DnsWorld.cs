using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Dns;
using KubeSim.Simulation;
using KubeSim.Tests.ApiServer;

namespace KubeSim.Tests.Dns;

/// <summary>An API server with a DNS server on its watch, and objects to put into it.</summary>
internal sealed class DnsWorld
{
    public DnsWorld(DnsServerOptions? options = null, ulong seed = 1, TimeSpan watchDelay = default, INameServer? upstream = null, KubeletDns? kubelet = null)
    {
        Queue = new EventQueue();
        Log = new RunLog(Queue);
        var clock = new VirtualClock(Queue, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Api = new KubeApiServer(Queue, clock, new DeterministicRandom(seed), Log, new ApiServerOptions { ServiceCidrs = [Cidr.Parse("10.96.0.0/12"), Cidr.Parse("fd00:96::/108")] });
        Outside = upstream ?? new HostRecords([new("www.example.com", [IpAddress.Parse("192.0.2.53"), IpAddress.Parse("2001:db8::53")])]);
        Dns = new DnsServer(Api, Queue, Log, new DeterministicRandom(seed).Fork("dns"), options ?? DnsServerOptions.Default, watchDelay, Outside);
        Resolvers = new ClusterResolvers(Dns, Outside, Log, kubelet ?? new KubeletDns());
    }

    public KubeApiServer Api { get; }

    public EventQueue Queue { get; }

    public RunLog Log { get; }

    public INameServer Outside { get; }

    public DnsServer Dns { get; }

    public ClusterResolvers Resolvers { get; }

    /// <summary>The resolver of a Pod that says nothing special.</summary>
    public Resolver Client(string space = "default") => Resolvers.OfPod(Pod(space));

    public static Pod Pod(string space = "default") => TestServer.Pod("client", "node-1", space);

    public DnsWorld Namespace(string name)
    {
        Api.Create(TestServer.Namespace(name));
        return this;
    }

    public DnsWorld ClusterIP(string name, params string[] addresses) => Service(name, new ServiceSpec
    {
        ClusterIP = addresses[0],
        ClusterIPs = [.. addresses],
        IPFamilyPolicy = addresses.Length > 1 ? IPFamilyPolicy.RequireDualStack : IPFamilyPolicy.SingleStack,
        Ports = [new() { Name = "http", Port = 80, Protocol = "TCP" }],
    });

    public DnsWorld Headless(string name, params ServicePort[] ports) => Service(name, new ServiceSpec
    {
        ClusterIP = "None",
        ClusterIPs = ["None"],
        Selector = LabelSet.Of("app", NamespacedName.Parse(Full(name)).Name),
        Ports = [.. ports],
    });

    public DnsWorld ExternalName(string name, string target) => Service(name, new ServiceSpec { Type = ServiceType.ExternalName, ExternalName = target });

    public DnsWorld Service(string name, ServiceSpec spec)
    {
        NamespacedName full = NamespacedName.Parse(Full(name));
        Api.Create(new Service { Metadata = new() { Name = full.Name, Namespace = full.Namespace }, Spec = spec });
        return this;
    }

    public DnsWorld Slice(string service, int number, EquatableArray<EndpointPort> ports, params Endpoint[] endpoints)
    {
        NamespacedName full = NamespacedName.Parse(Full(service));
        Api.Create(new EndpointSlice
        {
            Metadata = new() { Name = $"{full.Name}-{number}", Namespace = full.Namespace, Labels = LabelSet.Of("kubernetes.io/service-name", full.Name) },
            AddressType = endpoints.Length > 0 && endpoints[0].Addresses[0].Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4",
            Endpoints = [.. endpoints],
            Ports = ports,
        });
        return this;
    }

    public static EquatableArray<EndpointPort> Http(int port) => [new() { Name = "http", Port = port, Protocol = "TCP" }];

    public static Endpoint Endpoint(string address, string? hostname = null, bool? ready = true) =>
        new() { Addresses = [address], Hostname = hostname, Conditions = new() { Ready = ready } };

    /// <summary>The reply as <c>dig +short</c>, sorted; <c>NXDOMAIN</c>, <c>NODATA</c> or another code where there is none.</summary>
    public string Dig(string name, DnsRecordType type = DnsRecordType.A)
    {
        DnsResponse response = Dns.Query(name, type);
        return response.Code != DnsResponseCode.NoError ? DnsWords.Of(response.Code)
            : response.IsNoData ? "NODATA"
            : string.Join(" | ", response.Answer.Select(record => record.Content).Order(StringComparer.Ordinal));
    }

    private static string Full(string name) => name.Contains('/', StringComparison.Ordinal) ? name : "default/" + name;
}
