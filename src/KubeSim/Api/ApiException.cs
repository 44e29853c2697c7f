using System.Diagnostics.CodeAnalysis;

namespace KubeSim.Api;

/// <summary>The API server refuses a request; nothing has changed.</summary>
[SuppressMessage("Design", "CA1032", Justification = "A refusal always has a status.")]
public sealed class ApiException : Exception
{
    /// <summary>Creates the exception of a refusal.</summary>
    /// <param name="status">The server's answer; its message becomes the exception's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="status"/> is null.</exception>
    public ApiException(Status status)
        : base((status ?? throw new ArgumentNullException(nameof(status))).Message) => Status = status;

    /// <summary>The server's answer.</summary>
    public Status Status { get; }
}
