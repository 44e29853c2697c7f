namespace KubeSim.Manifests;

/// <summary>How large a manifest may be: what no honest manifest reaches, and what a hostile one may cost at most.</summary>
internal static class ManifestLimits
{
    /// <summary>Characters in all the documents together.</summary>
    internal const int Text = 16 << 20;

    /// <summary>Characters of one document, also after its aliases are expanded: what the API server takes as one request.</summary>
    /// <source>kubernetes v1.36, apiserver pkg/server/config.go, MaxRequestBodyBytes</source>
    internal const int Document = 3 << 20;

    /// <summary>YAML documents in one text, also empty ones.</summary>
    internal const int Documents = 100_000;

    /// <summary>Levels of lists and maps in one document; the deepest schemas of real custom resources have about 50.</summary>
    internal const int Depth = 100;

    /// <summary>What aliases may add to a small document, in characters.</summary>
    internal const int FreeExpansion = 64 << 10;

    /// <summary>How many times longer than written a document may become by its aliases.</summary>
    internal const int Expansion = 100;
}
