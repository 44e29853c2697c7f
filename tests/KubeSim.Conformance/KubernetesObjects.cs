using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance;

/// <summary>Kubernetes objects in cases, read strictly.</summary>
internal static class KubernetesObjects
{
    /// <summary>Reads an object; a field that Kubernetes does not know fails the case.</summary>
    public static KubernetesObject Read(CaseNode node)
    {
        var unknown = new List<UnknownField>();
        KubernetesObject read;
        try
        {
            read = ObjectMapping.Read(node.Whole, unknown);
        }
        catch (ObjectFormatException wrong)
        {
            throw new CaseFormatException(node.Wrong("is no object: " + wrong.Message).Message, wrong);
        }

        return unknown.Count == 0 ? read : throw node.Wrong($"has fields that Kubernetes does not know: {string.Join(", ", unknown.Select(field => field.Path))}");
    }
}
