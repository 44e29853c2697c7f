namespace KubeSim.Api;

/// <summary>How the API server answers when it does not answer with an object: in Kubernetes' own words.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/apis/meta/v1, Status</source>
public sealed record Status
{
    /// <summary>The HTTP status code.</summary>
    /// <value>For example 404, 409 or 422.</value>
    public int Code { get; init; }

    /// <summary>One word, for example <c>NotFound</c>, <c>AlreadyExists</c>, <c>Conflict</c> or <c>Invalid</c>; empty for plain server errors.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The sentence that kubectl prints.</summary>
    public string Message { get; init; } = "";

    /// <summary>What it is about.</summary>
    public StatusDetails? Details { get; init; }
}
