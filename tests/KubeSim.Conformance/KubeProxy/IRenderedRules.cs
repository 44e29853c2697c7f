using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>The rules of one node as text, sync by sync, in the mode that the case runs in.</summary>
internal interface IRenderedRules
{
    /// <summary>One sync; where the kernel refuses its input, also the full one that kube-proxy then runs.</summary>
    /// <param name="table">The Services now.</param>
    /// <param name="now">The time at which it begins.</param>
    /// <param name="touched">Services of which a slice has changed since the last sync.</param>
    void Sync(ServiceTable table, TimeSpan now, IReadOnlyList<NamespacedName> touched);

    /// <summary>A new process over the rules that are there.</summary>
    void Restart();

    /// <summary>Makes the next sync a full one.</summary>
    void RequireFullSync();

    /// <summary>Makes the kernel refuse the input of the next sync.</summary>
    void FailNext();

    /// <summary>Checks a fact about the last sync or the rules after it; one that this mode does not have stays unread, and fails the case.</summary>
    void Check(string key, CaseNode expected, Findings findings);

    /// <summary>Checks a whole listing.</summary>
    void CheckListing(CaseNode expected, Findings findings);
}
