namespace KubeSim.Api;

/// <summary>Whether a client stays with an endpoint. The values that Kubernetes knows; others are kept and refused by the API server.</summary>
public static class SessionAffinity
{
    /// <summary>Each connection is balanced anew.</summary>
    public const string None = "None";

    /// <summary>Connections from one address stay with one endpoint for a time.</summary>
    public const string ClientIP = "ClientIP";
}
