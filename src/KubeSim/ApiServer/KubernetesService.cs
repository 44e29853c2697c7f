using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>The Service by which Pods find the API server. Whoever starts the cluster creates it before any other Service.</summary>
/// <source>kubernetes v1.36, pkg/controlplane/controller/kubernetesservice</source>
internal static class KubernetesService
{
    private const int Port = 443;
    private const int ServerPort = 6443;

    /// <summary><c>default/kubernetes</c>, with the first address of the first range.</summary>
    internal static Service Of(ApiServerOptions options) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = "kubernetes",
            Namespace = "default",
            Labels = [new Label("component", "apiserver"), new Label("provider", "kubernetes")],
        },
        Spec = new ServiceSpec
        {
            Type = ServiceType.ClusterIP,
            ClusterIP = $"{options.ServiceCidrs[0][1]}",
            Ports = [new ServicePort { Name = "https", Protocol = Protocol.TCP, Port = Port, TargetPort = ServerPort }],
        },
    };
}
