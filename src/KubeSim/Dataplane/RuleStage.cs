namespace KubeSim.Dataplane;

/// <summary>What of a packet's passage a rule decides.</summary>
internal enum RuleStage
{
    /// <summary>That it belongs to the service port, and which list of endpoints it is for.</summary>
    Match,

    /// <summary>Which endpoint it goes to.</summary>
    Pick,

    /// <summary>The new destination.</summary>
    Translate,

    /// <summary>That its source becomes an address of the node.</summary>
    Masquerade,

    /// <summary>That it is refused or dropped.</summary>
    Refuse,
}
