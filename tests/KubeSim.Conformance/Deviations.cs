using KubeSim.Conformance.Reading;
using KubeSim.Manifests;

namespace KubeSim.Conformance;

/// <summary>The cases that KubeSim deliberately does not follow, with the reason: a list of <c>id</c> and <c>reason</c>.</summary>
internal static class Deviations
{
    public const string FileName = "deviations.yaml";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> ReasonById = new(() => Parse(File.ReadAllText(Path.Combine(CaseFolder.Own, FileName))));

    /// <summary>The reason for each case, by its id.</summary>
    public static IReadOnlyDictionary<string, string> Own => ReasonById.Value;

    /// <exception cref="CaseFormatException">An entry is incomplete, says more than it should, or stands twice.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (CaseNode list in YamlDocuments.Read(text, FileName).Select(document => CaseNode.Of(document, FileName)))
        {
            foreach (CaseNode entry in list.Items)
            {
                string reason = entry["reason"].Text;
                if (reason.Length == 0 || !reasons.TryAdd(entry["id"].Text, reason))
                {
                    throw entry.Wrong("needs a reason, and its id must not stand twice");
                }
            }

            list.EnsureAllRead();
        }

        return reasons;
    }
}
