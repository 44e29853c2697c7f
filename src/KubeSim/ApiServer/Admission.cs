using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>What happens to an object between the request and the store.</summary>
internal sealed class Admission
{
    internal Admission(ApiServerOptions options, DeterministicRandom random)
    {
        _ = options;
        _ = random;
    }

    internal KubernetesObject Create(KubernetesObject value) => value;

    internal void Abandon(KubernetesObject created) => _ = created;

    internal KubernetesObject Update(KubernetesObject old, KubernetesObject value) => value;

    internal void Released(KubernetesObject gone) => _ = gone;
}
