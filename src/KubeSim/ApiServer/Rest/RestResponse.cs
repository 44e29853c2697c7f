using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Rest;

/// <summary>The answer to a request.</summary>
/// <param name="Code">The HTTP status code.</param>
/// <param name="Body">An object, a list, a table or a Status.</param>
internal sealed record RestResponse(int Code, JsonValue Body)
{
    /// <summary>What the server says besides, in its order.</summary>
    public EquatableArray<string> Warnings { get; init; }
}
