using KubeSim.Api;

namespace KubeSim.Controllers.Deployments;

/// <summary>A Deployment's ReplicaSets as one pass of its controller sees and changes them.</summary>
internal sealed class Rollout
{
    private readonly List<ReplicaSet> _sets;
    private readonly List<ReplicaSet> _stored;
    private int _new;

    /// <param name="deployment">Whose rollout it is.</param>
    /// <param name="owned">Its ReplicaSets, in any order.</param>
    public Rollout(Deployment deployment, IEnumerable<ReplicaSet> owned)
    {
        Deployment = deployment;
        Limits = RolloutLimits.Of(deployment.Spec);
        _sets = [.. owned];
        _sets.Sort(ReplicaSetSizes.ByAge);
        _stored = [.. _sets];
        _new = IndexOfNew();
    }

    public Deployment Deployment { get; }

    public RolloutLimits Limits { get; }

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<ReplicaSet> All => _sets;

    /// <summary>The oldest one with the wanted template; null where none has it.</summary>
    public ReplicaSet? New => _new < 0 ? null : _sets[_new];

    /// <summary>The one that has to be created, or null.</summary>
    public ReplicaSet? Created => _sets.Count > _stored.Count ? _sets[^1] : null;

    /// <summary>Those that differ from what is stored.</summary>
    public IEnumerable<ReplicaSet> Changed => _stored.Zip(_sets).Where(pair => pair.First != pair.Second).Select(pair => pair.Second);

    /// <summary>Every one but the new one, the oldest first.</summary>
    public IEnumerable<ReplicaSet> Old => _sets.Where((_, index) => index != _new);

    public int Wanted => _sets.Sum(ReplicaSetSizes.Wanted);

    public int Available => _sets.Sum(ReplicaSetSizes.Available);

    /// <summary>Adds the ReplicaSet of a template that none has yet.</summary>
    public void Add(ReplicaSet created)
    {
        _new = _sets.Count;
        _sets.Add(created);
    }

    /// <summary>Puts a changed ReplicaSet in the place of the one of its name.</summary>
    public void Put(ReplicaSet changed) => _sets[_sets.FindIndex(set => set.Metadata.Name == changed.Metadata.Name)] = changed;

    /// <summary>Gives a ReplicaSet another size; true where that changes anything.</summary>
    public bool Scale(ReplicaSet set, int size)
    {
        ReplicaSet scaled = ReplicaSetSizes.Scaled(set, size, Limits);
        Put(scaled);
        return ReplicaSetSizes.Wanted(set) != size;
    }

    /// <summary>Of several with the wanted template the oldest, of the same second the first by name: a revision changes with this very choice.</summary>
    private int IndexOfNew()
    {
        int found = -1;
        for (int i = 0; i < _sets.Count; i++)
        {
            if (PodTemplateHash.IsSameTemplate(_sets[i].Spec.Template, Deployment.Spec.Template)
                && (found < 0 || (_sets[i].Metadata.CreationTimestamp == _sets[found].Metadata.CreationTimestamp
                    && string.CompareOrdinal(_sets[i].Metadata.Name, _sets[found].Metadata.Name) < 0)))
            {
                found = i;
            }
        }

        return found;
    }
}
