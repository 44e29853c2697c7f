using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;
using KubeSim.ApiServer.Validation;

namespace KubeSim.ApiServer;

/// <summary>
/// What became of the Pod specs that were seen last. The Pods of one template bring the same instance: it is completed and checked
/// once, and they share what comes of it.
/// </summary>
internal sealed class PodSpecMemo
{
    private const int Places = 16;

    private readonly PodSpec?[] _given = new PodSpec?[Places];
    private readonly PodSpec[] _complete = new PodSpec[Places];
    private int _next;

    /// <summary>The complete spec; faults go to the list, and a spec with faults is not remembered.</summary>
    internal PodSpec Complete(PodSpec spec, FieldErrors errors)
    {
        for (int i = 0; i < Places; i++)
        {
            if (ReferenceEquals(_given[i], spec))
            {
                return _complete[i];
            }
        }

        PodSpec complete = PodSpecDefaults.CompletePod(spec);
        var found = new FieldErrors();
        PodSpecValidator.Check(found, "spec", complete);
        errors.AddAll(found);
        if (found.IsEmpty)
        {
            _given[_next] = spec;
            _complete[_next] = complete;
            _next = (_next + 1) % Places;
        }

        return complete;
    }
}
