namespace KubeSim.ApiServer;

/// <summary>How the API server is set up.</summary>
internal sealed record ApiServerOptions;
