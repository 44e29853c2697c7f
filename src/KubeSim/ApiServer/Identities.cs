using System.Globalization;
using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>The identities and generated names of new objects, drawn from the seed.</summary>
internal sealed class Identities(DeterministicRandom random)
{
    private const int SuffixLength = 5;
    private const int LongestPrefix = 58;
    private const string SuffixLetters = "bcdfghjklmnpqrstvwxz2456789";

    private readonly DeterministicRandom _uids = random.Fork("uid");
    private readonly Dictionary<(string Resource, string Namespace, string Prefix), DeterministicRandom> _suffixes = [];

    /// <summary>A random UUID (version 4).</summary>
    internal string NextUid()
    {
        ulong high = (_uids.NextUInt64() & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000;
        ulong low = (_uids.NextUInt64() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        return string.Create(
            CultureInfo.InvariantCulture,
            stackalloc char[36],
            $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-{high & 0xFFFF:x4}-{low >> 48:x4}-{low & 0xFFFF_FFFF_FFFF:x12}");
    }

    /// <summary>A name that begins as asked. Each beginning has a stream of its own, so that the names of one parent do not depend on another's.</summary>
    /// <source>kubernetes v1.36, apiserver pkg/storage/names/generate.go</source>
    internal string NextName(ResourceType resource, string space, string prefix)
    {
        (string, string, string) parent = (resource.QualifiedPlural, space, prefix);
        if (!_suffixes.TryGetValue(parent, out DeterministicRandom? suffixes))
        {
            _suffixes[parent] = suffixes = random.Fork($"name/{resource.QualifiedPlural}/{space}/{prefix}");
        }

        Span<char> suffix = stackalloc char[SuffixLength];
        suffixes.Fill(suffix, SuffixLetters);
        return string.Concat(prefix.AsSpan(0, Math.Min(prefix.Length, LongestPrefix)), suffix);
    }
}
