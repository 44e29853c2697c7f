using System.Globalization;
using KubeSim.Api;

namespace KubeSim.Kubelet;

/// <summary>
/// How long a Pod's containers run on after its deletion: preStop hooks first (those that sleep; all containers at once), then SIGTERM and
/// what the program takes to end, cut off when the grace period is over. The hooks' time counts against the grace period, but a program
/// has at least two seconds after SIGTERM.
/// </summary>
/// <source>kubernetes v1.36, pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer</source>
internal static class PodTermination
{
    public static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(2);

    /// <param name="pod">A Pod with a deletionTimestamp.</param>
    /// <param name="delay">What a program takes from SIGTERM to its end.</param>
    public static TimeSpan StopsAfter(Pod pod, TimeSpan delay)
    {
        TimeSpan grace = Seconds(pod.Metadata.DeletionGracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? 30);
        if (grace == TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        TimeSpan longest = TimeSpan.Zero;
        foreach (Container container in pod.Spec.Containers)
        {
            TimeSpan hook = Least(SleepOf(container), grace);
            TimeSpan left = grace - hook > LeastGrace ? grace - hook : LeastGrace;
            TimeSpan stop = hook + Least(delay, left);
            longest = stop > longest ? stop : longest;
        }

        return longest;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Seconds(long seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue));

    /// <summary>The hook as the field <c>sleep</c> says it, or as people wrote it before there was one: <c>sleep 5</c>, also by way of a shell.</summary>
    private static TimeSpan SleepOf(Container container)
    {
        JsonValue? hook = container.Carried["lifecycle"]?["preStop"];
        if (hook?["sleep"]?["seconds"] is { } seconds && seconds.TryGetNumber(out long number))
        {
            return Seconds(number);
        }

        string command = "";
        foreach (JsonValue word in hook?["exec"]?["command"]?.Items ?? default)
        {
            command = command.Length == 0 ? word.Text ?? "" : $"{command} {word.Text}";
        }

        int sleep = command.IndexOf("sleep ", StringComparison.Ordinal);
        return sleep >= 0 && int.TryParse(command.AsSpan(sleep + "sleep ".Length).Trim().TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out int time)
            ? Seconds(time)
            : TimeSpan.Zero;
    }
}
