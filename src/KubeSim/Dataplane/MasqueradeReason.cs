namespace KubeSim.Dataplane;

/// <summary>What asks for the source to become an address of the node.</summary>
internal enum MasqueradeReason
{
    None,

    /// <summary>--masquerade-all.</summary>
    MasqueradeAll,

    /// <summary>To a ClusterIP, and the source is no Pod.</summary>
    NotFromPod,

    /// <summary>To an external address with externalTrafficPolicy Cluster.</summary>
    External,

    /// <summary>From the node itself to an external address with externalTrafficPolicy Local.</summary>
    FromNode,

    /// <summary>The endpoint picked is the source itself.</summary>
    Hairpin,
}
