namespace KubeSim.Tracing;

/// <summary>How much the text of a trace tells.</summary>
public enum TraceDetail
{
    /// <summary>One line for each step.</summary>
    Steps,

    /// <summary>The chains too whose rules decided, and the first few endpoints that were left out.</summary>
    Chains,

    /// <summary>Every rule that decided and every endpoint that was left out, a line for each.</summary>
    Rules,
}
