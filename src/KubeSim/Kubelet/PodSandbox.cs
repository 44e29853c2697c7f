using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim.Kubelet;

/// <summary>What a kubelet keeps of a Pod: the last news of it, and what it has set up for it.</summary>
internal sealed class PodSandbox
{
    /// <summary>The Pod as last delivered; null once it is gone.</summary>
    public Pod? Pod { get; set; }

    /// <summary>Whose sandbox this is: a Pod of the same name may come after it.</summary>
    public string? Uid { get; private set; }

    /// <summary>Its place in the network while its containers run.</summary>
    public PodAttachment? Attachment { get; set; }

    /// <summary>The addresses it has from the node's pool; empty on the host network.</summary>
    public EquatableArray<IpAddress> Addresses { get; set; }

    /// <summary>When its containers are to run; null before the kubelet has looked at it.</summary>
    public TimeSpan? StartsAt { get; set; }

    /// <summary>When its containers will have stopped; null while it is not being deleted.</summary>
    public TimeSpan? StopsAt { get; set; }

    /// <summary>Whether the kubelet has done its part; others may hold the object with finalizers.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Turns to another Pod.</summary>
    public void Assign(string? uid)
    {
        Uid = uid;
        StartsAt = null;
        StopsAt = null;
        HasEnded = false;
    }
}
