namespace KubeSim.Dns;

/// <summary>What a name in a zone is.</summary>
internal enum ZoneFinding
{
    /// <summary>It does not exist.</summary>
    Nothing,

    /// <summary>It exists, with nothing to it: the zone itself, a namespace.</summary>
    Empty,

    /// <summary>It leads to addresses.</summary>
    Addresses,

    /// <summary>It would lead to addresses, and there are none at present: a zone's part of a Service.</summary>
    Vacant,

    /// <summary>It is another name for something: a Service of type ExternalName.</summary>
    Alias,
}
