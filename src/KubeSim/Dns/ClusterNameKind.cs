namespace KubeSim.Dns;

/// <summary>What a name in the cluster's zone can be, by the number of its labels.</summary>
internal enum ClusterNameKind
{
    /// <summary>Nothing: not under <c>svc</c> or <c>pod</c>, or too many labels.</summary>
    Invalid,

    /// <summary>The zone itself, <c>svc</c> or <c>pod</c>.</summary>
    Zone,

    /// <summary><c>N.svc</c></summary>
    Namespace,

    /// <summary><c>S.N.svc</c>, or the address label of <c>a-b-c-d.N.pod</c>.</summary>
    Service,

    /// <summary><c>H.S.N.svc</c></summary>
    Endpoint,

    /// <summary><c>zone.pin._zone.S.N.svc</c> or <c>zone.prefer._zone.S.N.svc</c></summary>
    TopologyZone,

    /// <summary><c>_port._protocol.S.N.svc</c></summary>
    Port,
}
