using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>What a Corefile says of a cache.</summary>
/// <source>coredns plugin/cache: the defaults of a bare <c>cache</c></source>
internal sealed record AnswerCacheOptions
{
    /// <summary>The longest that an answer with records is kept.</summary>
    public TimeSpan SuccessTtl { get; init; } = TimeSpan.FromSeconds(3600);

    /// <summary>The longest that a denial is kept: that a name does not exist, or has no record of the type.</summary>
    public TimeSpan DenialTtl { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>The least that anything is kept, whatever its records say.</summary>
    public TimeSpan MinTtl { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Zones of which no answer with records is kept.</summary>
    public EquatableArray<string> DisableSuccess { get; init; }

    /// <summary>Zones of which no denial is kept.</summary>
    public EquatableArray<string> DisableDenial { get; init; }
}
