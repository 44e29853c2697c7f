using System.Globalization;
using KubeSim.Api;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of Deployments and ReplicaSets.</summary>
/// <source>kubernetes v1.36, pkg/apis/apps/validation/validation.go</source>
internal static class WorkloadValidator
{
    private const int MostReplicas = 500_000;
    private const string Negative = "must be greater than or equal to 0";
    private const string Template = "spec.template";

    internal static void Check(FieldErrors errors, Deployment value)
    {
        Metadata.Check(errors, value, Names.CheckSubdomain);
        CheckSpec(errors, value.Spec);
    }

    internal static void CheckUpdate(FieldErrors errors, Deployment old, Deployment value)
    {
        Metadata.CheckUpdate(errors, old, value);
        if (ReferenceEquals(old.Spec, value.Spec))
        {
            return;
        }

        CheckSpec(errors, value.Spec);
        CheckSelectorKept(errors, old.Spec.Selector, value.Spec.Selector);
    }

    internal static void Check(FieldErrors errors, ReplicaSet value)
    {
        Metadata.Check(errors, value, Names.CheckSubdomain);
        CheckSpec(errors, value.Spec);
    }

    internal static void CheckUpdate(FieldErrors errors, ReplicaSet old, ReplicaSet value)
    {
        Metadata.CheckUpdate(errors, old, value);
        if (ReferenceEquals(old.Spec, value.Spec))
        {
            return;
        }

        CheckSpec(errors, value.Spec);
        CheckSelectorKept(errors, old.Spec.Selector, value.Spec.Selector);
    }

    private static void CheckSpec(FieldErrors errors, DeploymentSpec spec)
    {
        CheckReplicas(errors, spec.Replicas);
        CheckSelector(errors, spec.Selector, spec.Template);
        CheckStrategy(errors, spec.Strategy);
        NotNegative(errors, "spec.minReadySeconds", spec.MinReadySeconds);
        NotNegative(errors, "spec.revisionHistoryLimit", spec.RevisionHistoryLimit);
        NotNegative(errors, "spec.progressDeadlineSeconds", spec.ProgressDeadlineSeconds);
        if (spec.ProgressDeadlineSeconds is { } deadline && deadline <= (spec.MinReadySeconds ?? 0))
        {
            errors.Invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
        }
    }

    private static void CheckSpec(FieldErrors errors, ReplicaSetSpec spec)
    {
        CheckReplicas(errors, spec.Replicas);
        NotNegative(errors, "spec.minReadySeconds", spec.MinReadySeconds);
        CheckSelector(errors, spec.Selector, spec.Template);
    }

    /// <summary>The selector must find the Pods of the template.</summary>
    private static void CheckSelector(FieldErrors errors, LabelSelector? selector, PodTemplateSpec template)
    {
        bool valid = true;
        if (selector is null)
        {
            errors.Required("spec.selector");
        }
        else
        {
            valid = LabelSelectors.Check(errors, "spec.selector", selector);
            if (selector.MatchLabels.IsEmpty && selector.MatchExpressions.IsEmpty)
            {
                errors.InvalidJson("spec.selector", LabelSelectors.Quote(selector), "empty selector is invalid for deployment");
            }
        }

        if (!valid)
        {
            errors.InvalidJson("spec.selector", LabelSelectors.Quote(selector!), "invalid label selector");
            return;
        }

        if (selector is null || !LabelSelectors.Matches(selector, template.Metadata.Labels))
        {
            errors.InvalidJson($"{Template}.metadata.labels", FieldErrors.Quote(template.Metadata.Labels), "`selector` does not match template `labels`");
        }

        Metadata.CheckLabels(errors, $"{Template}.metadata.labels", template.Metadata.Labels);
        Metadata.CheckAnnotations(errors, $"{Template}.metadata.annotations", template.Metadata.Annotations);
        PodSpecValidator.Check(errors, $"{Template}.spec", template.Spec);
        if (template.Spec.RestartPolicy is not ("Always" or null))
        {
            errors.NotSupported($"{Template}.spec.restartPolicy", template.Spec.RestartPolicy, "Always");
        }
    }

    private static void CheckSelectorKept(FieldErrors errors, LabelSelector? old, LabelSelector? selector)
    {
        if (old != selector)
        {
            errors.InvalidJson("spec.selector", selector is null ? "null" : LabelSelectors.Quote(selector), "field is immutable");
        }
    }

    private static void CheckStrategy(FieldErrors errors, DeploymentStrategy? strategy)
    {
        switch (strategy?.Type)
        {
            case "Recreate":
                if (strategy.RollingUpdate is not null)
                {
                    errors.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                }

                break;
            case "RollingUpdate":
                CheckRolling(errors, strategy.RollingUpdate);
                break;
            default:
                errors.NotSupported("spec.strategy.type", strategy?.Type, "Recreate", "RollingUpdate");
                break;
        }
    }

    private static void CheckRolling(FieldErrors errors, RollingUpdateDeployment? rolling)
    {
        const string Field = "spec.strategy.rollingUpdate";
        if (rolling is not { MaxUnavailable: { } unavailable, MaxSurge: { } surge })
        {
            errors.Required(Field, "this should be defaulted and never be nil");
            return;
        }

        int? unavailableShare = CheckShare(errors, $"{Field}.maxUnavailable", unavailable);
        int? surgeShare = CheckShare(errors, $"{Field}.maxSurge", surge);
        if (unavailableShare == 0 && surgeShare == 0)
        {
            errors.InvalidJson($"{Field}.maxUnavailable", Quote(unavailable), "may not be 0 when `maxSurge` is 0");
        }

        if (!unavailable.IsNumber && unavailableShare > 100)
        {
            errors.InvalidJson($"{Field}.maxUnavailable", Quote(unavailable), "must not be greater than 100%");
        }
    }

    /// <returns>The number, or the number before the percent sign; null where it is neither.</returns>
    private static int? CheckShare(FieldErrors errors, string field, IntOrString share)
    {
        if (share.IsNumber)
        {
            NotNegative(errors, field, share.Number);
            return share.Number;
        }

        if (share.Text.EndsWith('%') && int.TryParse(share.Text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out int percent))
        {
            return percent;
        }

        errors.Invalid(
            field, share.Text, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
        return null;
    }

    private static string Quote(IntOrString value) =>
        value.IsNumber ? value.Number.ToString(CultureInfo.InvariantCulture) : FieldErrors.Quote(value.Text);

    /// <summary>A real server takes any number; this process could not hold the Pods.</summary>
    private static void CheckReplicas(FieldErrors errors, int? replicas)
    {
        NotNegative(errors, "spec.replicas", replicas);
        if (replicas is > MostReplicas)
        {
            errors.Invalid("spec.replicas", replicas.Value, $"must be less than or equal to {MostReplicas}: the simulation holds no more Pods");
        }
    }

    private static void NotNegative(FieldErrors errors, string field, int? value)
    {
        if (value is < 0)
        {
            errors.Invalid(field, value.Value, Negative);
        }
    }
}
