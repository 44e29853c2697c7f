using System.Globalization;
using KubeSim.Api;

namespace KubeSim.Controllers.Deployments;

/// <summary>The ReplicaSet of the template that is wanted now.</summary>
/// <source>kubernetes v1.36, pkg/controller/deployment/sync.go, getNewReplicaSet; util, SetNewReplicaSetAnnotations</source>
internal static class NewReplicaSet
{
    /// <summary>Brings what the present one notes up to date: its revision, the Deployment's annotations, minReadySeconds.</summary>
    public static void Refresh(Rollout rollout)
    {
        ReplicaSet present = rollout.New!;
        DeploymentSpec spec = rollout.Deployment.Spec;
        ReplicaSet fresh = Annotated(present, rollout);
        rollout.Put((fresh.Spec.MinReadySeconds ?? 0) == (spec.MinReadySeconds ?? 0) ? fresh
            : fresh with { Spec = fresh.Spec with { MinReadySeconds = spec.MinReadySeconds } });
    }

    /// <summary>Adds one, as large as the strategy allows at this moment.</summary>
    /// <param name="rollout">The ReplicaSets there are.</param>
    /// <param name="isTaken">Whether something else has that name: then the hash is taken again.</param>
    public static void Add(Rollout rollout, Func<string, bool> isTaken)
    {
        Deployment deployment = rollout.Deployment;
        int collisions = 0;
        string hash;
        do
        {
            hash = PodTemplateHash.Of(deployment.Spec.Template, collisions++);
        }
        while (isTaken($"{deployment.Metadata.Name}-{hash}"));

        PodTemplateSpec template = deployment.Spec.Template;
        LabelSet labels = template.Metadata.Labels.With(DeploymentAnnotations.PodTemplateHash, hash);
        LabelSelector selector = deployment.Spec.Selector ?? new LabelSelector();
        var set = new ReplicaSet
        {
            Metadata = new ObjectMeta
            {
                Name = $"{deployment.Metadata.Name}-{hash}",
                Namespace = deployment.Metadata.Namespace,
                Labels = labels,
                OwnerReferences = [Owners.Controlling(deployment)],
            },
            Spec = new ReplicaSetSpec
            {
                Replicas = 0,
                MinReadySeconds = deployment.Spec.MinReadySeconds,
                Selector = selector with { MatchLabels = selector.MatchLabels.With(DeploymentAnnotations.PodTemplateHash, hash) },
                Template = template with { Metadata = template.Metadata with { Labels = labels } },
            },
        };
        int size = RollingUpdate.NewSize(rollout, 0);
        rollout.Add(ReplicaSetSizes.Scaled(Annotated(set, rollout), size, rollout.Limits));
    }

    /// <summary>The next revision, unless it has the highest already; the one it had goes into its history.</summary>
    private static ReplicaSet Annotated(ReplicaSet set, Rollout rollout)
    {
        LabelSet annotations = set.Metadata.Annotations;
        foreach (Label annotation in rollout.Deployment.Metadata.Annotations)
        {
            if (!DeploymentAnnotations.IsOwn(annotation.Key) && annotations[annotation.Key] != annotation.Value)
            {
                annotations = annotations.With(annotation.Key, annotation.Value);
            }
        }

        int last = ReplicaSetSizes.Revision(set);
        int next = rollout.Old.Select(ReplicaSetSizes.Revision).DefaultIfEmpty().Max() + 1;
        if (last < next)
        {
            if (last > 0)
            {
                string history = last.ToString(CultureInfo.InvariantCulture);
                annotations = annotations.With(
                    DeploymentAnnotations.RevisionHistory,
                    annotations[DeploymentAnnotations.RevisionHistory] is { Length: > 0 } older ? $"{older},{history}" : history);
            }

            annotations = annotations.With(DeploymentAnnotations.Revision, next.ToString(CultureInfo.InvariantCulture));
        }

        return annotations == set.Metadata.Annotations ? set : set with { Metadata = set.Metadata with { Annotations = annotations } };
    }
}
