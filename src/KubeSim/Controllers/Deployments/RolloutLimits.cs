using System.Globalization;
using KubeSim.Api;

namespace KubeSim.Controllers.Deployments;

/// <summary>How many Pods a rollout may have too many and too few.</summary>
/// <param name="Replicas">The Pods wanted.</param>
/// <param name="MaxSurge">How many more there may be.</param>
/// <param name="ResolvedMaxUnavailable">How many may be unavailable, before that is held against the size.</param>
/// <source>kubernetes v1.36, pkg/controller/deployment/util, ResolveFenceposts, MaxUnavailable, MinAvailable</source>
internal readonly record struct RolloutLimits(int Replicas, int MaxSurge, int ResolvedMaxUnavailable)
{
    private const string Default = "25%";

    /// <summary>The Pods there may be in all.</summary>
    public int MaxTotal => Replicas + MaxSurge;

    /// <summary>The Pods that may be unavailable.</summary>
    public int MaxUnavailable => Math.Min(ResolvedMaxUnavailable, Replicas);

    /// <summary>The Pods that must be available.</summary>
    public int MinAvailable => Replicas - MaxUnavailable;

    /// <summary>Percentages of the size are rounded up for the surge and down for what is unavailable; where both come to nothing, one Pod may be unavailable.</summary>
    public static RolloutLimits Of(DeploymentSpec spec)
    {
        int replicas = spec.Replicas ?? 1;
        if (!IsRollingUpdate(spec))
        {
            return new(replicas, 0, 0);
        }

        RollingUpdateDeployment? parameters = spec.Strategy?.RollingUpdate;
        int surge = Scaled(parameters?.MaxSurge ?? Default, replicas, roundingUp: true);
        int unavailable = Scaled(parameters?.MaxUnavailable ?? Default, replicas, roundingUp: false);
        return new(replicas, surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }

    public static bool IsRollingUpdate(DeploymentSpec spec) => spec.Strategy?.Type is null or "RollingUpdate";

    private static int Scaled(IntOrString value, int replicas, bool roundingUp)
    {
        if (value.IsNumber)
        {
            return value.Number;
        }

        long hundredths = long.Parse(value.Text!.TrimEnd('%'), CultureInfo.InvariantCulture) * replicas;
        return (int)((hundredths + (roundingUp ? 99 : 0)) / 100);
    }
}
