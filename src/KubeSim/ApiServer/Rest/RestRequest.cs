using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Rest;

/// <summary>A request as a client of the server sends it, its body read as JSON.</summary>
/// <param name="Method">For example <c>GET</c>.</param>
/// <param name="Path">For example <c>/api/v1/namespaces/default/services</c>.</param>
internal sealed record RestRequest(string Method, string Path)
{
    /// <summary>The parameters behind the question mark.</summary>
    public EquatableArray<JsonField> Query { get; init; }

    /// <summary>What kind of body it is; JSON where it does not say.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>What kind of answer is wanted.</summary>
    public string Accept { get; init; } = "";

    /// <summary>Null where there is none.</summary>
    public JsonValue? Body { get; init; }

    /// <summary>The first value of a parameter; null where it is not there.</summary>
    internal string? Parameter(string name)
    {
        foreach (JsonField parameter in Query)
        {
            if (parameter.Name == name)
            {
                return parameter.Value.Text;
            }
        }

        return null;
    }

    /// <summary>Whether a switch is on: there, and not said to be off.</summary>
    internal bool IsOn(string name) => Parameter(name) is { } value && value is not ("false" or "0");
}
