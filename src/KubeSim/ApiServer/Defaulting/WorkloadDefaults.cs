using KubeSim.Api;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>What a Deployment or ReplicaSet says that leaves things out.</summary>
/// <source>kubernetes v1.36, pkg/apis/apps/v1/defaults.go</source>
internal static class WorkloadDefaults
{
    private const string RollingUpdate = "RollingUpdate";

    private static readonly IntOrString Quarter = "25%";
    private static readonly RollingUpdateDeployment Quarters = new() { MaxUnavailable = Quarter, MaxSurge = Quarter };
    private static readonly DeploymentStrategy Rolling = new() { Type = RollingUpdate, RollingUpdate = Quarters };

    internal static Deployment Complete(Deployment value)
    {
        DeploymentSpec spec = value.Spec;
        PodTemplateSpec template = Complete(spec.Template);
        DeploymentStrategy strategy = Complete(spec.Strategy);
        if (spec is { Replicas: not null, RevisionHistoryLimit: not null, ProgressDeadlineSeconds: not null }
            && ReferenceEquals(template, spec.Template) && ReferenceEquals(strategy, spec.Strategy))
        {
            return value;
        }

        return value with
        {
            Spec = spec with
            {
                Replicas = spec.Replicas ?? 1,
                RevisionHistoryLimit = spec.RevisionHistoryLimit ?? 10,
                ProgressDeadlineSeconds = spec.ProgressDeadlineSeconds ?? 600,
                Template = template,
                Strategy = strategy,
            },
        };
    }

    internal static ReplicaSet Complete(ReplicaSet value)
    {
        PodTemplateSpec template = Complete(value.Spec.Template);
        return value.Spec.Replicas is not null && ReferenceEquals(template, value.Spec.Template) ? value
            : value with { Spec = value.Spec with { Replicas = value.Spec.Replicas ?? 1, Template = template } };
    }

    private static PodTemplateSpec Complete(PodTemplateSpec template)
    {
        PodSpec spec = PodSpecDefaults.Complete(template.Spec);
        return ReferenceEquals(spec, template.Spec) ? template : template with { Spec = spec };
    }

    private static DeploymentStrategy Complete(DeploymentStrategy? strategy)
    {
        if (strategy is null)
        {
            return Rolling;
        }

        if (string.IsNullOrEmpty(strategy.Type))
        {
            strategy = strategy with { Type = RollingUpdate };
        }

        return strategy switch
        {
            { Type: not RollingUpdate } => strategy,
            { RollingUpdate: null } => strategy with { RollingUpdate = Quarters },
            { RollingUpdate: { MaxSurge: null } or { MaxUnavailable: null } } => strategy with
            {
                RollingUpdate = strategy.RollingUpdate with
                {
                    MaxSurge = strategy.RollingUpdate.MaxSurge ?? Quarter,
                    MaxUnavailable = strategy.RollingUpdate.MaxUnavailable ?? Quarter,
                },
            },
            _ => strategy,
        };
    }
}
