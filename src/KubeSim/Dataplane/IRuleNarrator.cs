using KubeSim.Collections;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>Knows which rules stand for what a node decides, and how its tools show them.</summary>
internal interface IRuleNarrator
{
    /// <summary>The rules that decide a stage of a packet's passage, in the order in which it meets them.</summary>
    EquatableArray<RuleReference> Rules(ServicePassage passage, RuleStage stage);
}
