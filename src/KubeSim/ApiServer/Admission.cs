using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>
/// What stands between a request and the store: fills in defaults, allocates addresses and ports, and refuses what is not valid.
/// An object that is complete already comes back as the same instance.
/// </summary>
internal sealed class Admission
{
    /// <param name="options">The ranges to allocate from.</param>
    /// <param name="random">Where to fork the allocators' randomness from.</param>
    public Admission(ApiServerOptions options, DeterministicRandom random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
    }

    /// <summary>Completes and checks a new object; its status is what a new object's status is.</summary>
    /// <returns>The object to store. What was allocated for it is held until <see cref="Abandon"/> or <see cref="Released"/>.</returns>
    /// <exception cref="ApiException">It is not valid, or nothing is left to allocate; nothing stays allocated.</exception>
    public KubernetesObject Create(KubernetesObject value) => value;

    /// <summary>Gives back what <see cref="Create"/> allocated for an object that was not stored after all.</summary>
    public void Abandon(KubernetesObject created)
    {
    }

    /// <summary>Completes and checks a change of anything but the status, which stays the old one's.</summary>
    /// <returns>The object to store; what it no longer has was released.</returns>
    /// <exception cref="ApiException">It is not valid; nothing changed.</exception>
    public KubernetesObject Update(KubernetesObject old, KubernetesObject value) => value;

    /// <summary>Completes and checks a change of the status; everything else stays the old one's.</summary>
    /// <exception cref="ApiException">It is not valid.</exception>
    public KubernetesObject UpdateStatus(KubernetesObject old, KubernetesObject value) => value;

    /// <summary>Gives back what an object held that is gone from the store.</summary>
    public void Released(KubernetesObject gone)
    {
    }
}
