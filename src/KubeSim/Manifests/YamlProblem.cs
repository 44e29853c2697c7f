using YamlDotNet.Core;

namespace KubeSim.Manifests;

/// <summary>What is wrong with a text, in a few words.</summary>
internal static class YamlProblem
{
    private const int Longest = 64;

    internal static string Of(YamlException wrong) => "not YAML: " + wrong.Message.TrimEnd('.');

    /// <summary>Hostile text may be very long; a message quotes its start.</summary>
    internal static string Short(string text) => text.Length <= Longest ? text : text[..(Longest - 3)] + "...";
}
