using System.Globalization;
using System.Text.Json;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Printing;

/// <summary>What kubectl makes of a Pod's containers in one line.</summary>
/// <source>kubernetes v1.36, pkg/printers/internalversion/printers.go, printPod</source>
internal sealed record PodSummary
{
    private const string Completed = "Completed";

    /// <summary>The reason in the STATUS column.</summary>
    internal required string Status { get; init; }

    internal int Ready { get; init; }

    internal int Containers { get; init; }

    internal int Restarts { get; init; }

    internal DateTimeOffset? LastRestart { get; init; }

    internal static PodSummary Of(Pod pod)
    {
        string phase = pod.Status.Phase ?? "";
        string status = string.IsNullOrEmpty(pod.Status.Reason) ? phase : pod.Status.Reason;
        foreach (Condition condition in pod.Status.Conditions)
        {
            if (condition is { Type: "PodScheduled", Reason: "SchedulingGated" })
            {
                status = condition.Reason;
            }
        }

        var summary = new PodSummary { Status = status, Containers = pod.Spec.Containers.Length };
        if (!TryInitializing(pod, ref summary) || Has(pod, "Initialized"))
        {
            summary = Running(pod, summary with { Restarts = 0, LastRestart = null });
        }

        if (pod.Metadata.DeletionTimestamp is null)
        {
            return summary;
        }

        return pod.Status.Reason == "NodeLost" ? summary with { Status = "Unknown" }
            : phase is PodPhase.Succeeded or PodPhase.Failed ? summary : summary with { Status = "Terminating" };
    }

    /// <summary>Whether an init container is what the Pod waits for.</summary>
    private static bool TryInitializing(Pod pod, ref PodSummary summary)
    {
        EquatableArray<JsonValue> statuses = pod.Status.Carried["initContainerStatuses"]?.Items ?? default;
        for (int i = 0; i < statuses.Length; i++)
        {
            JsonValue status = statuses[i];
            summary = summary with { Restarts = summary.Restarts + (status["restartCount"] is { } count && count.TryGetNumber(out long restarts) ? (int)restarts : 0) };
            JsonValue? terminated = status["state"]?["terminated"];
            if (terminated is not null)
            {
                if (Exit(terminated) is "ExitCode:0")
                {
                    continue;
                }

                summary = summary with { Status = $"Init:{Reason(terminated) ?? Exit(terminated)}" };
                return true;
            }

            string? waiting = Reason(status["state"]?["waiting"]);
            summary = summary with
            {
                Status = waiting is not (null or "PodInitializing") ? $"Init:{waiting}"
                    : string.Create(CultureInfo.InvariantCulture, $"Init:{i}/{pod.Spec.InitContainers.Length}"),
            };
            return true;
        }

        return false;
    }

    private static PodSummary Running(Pod pod, PodSummary summary)
    {
        bool hasRunning = false;
        for (int i = pod.Status.ContainerStatuses.Length - 1; i >= 0; i--)
        {
            ContainerStatus container = pod.Status.ContainerStatuses[i];
            JsonValue? state = container.Carried["state"];
            JsonValue? terminated = state?["terminated"];
            summary = summary with
            {
                Restarts = summary.Restarts + (container.RestartCount ?? 0),
                LastRestart = Later(summary.LastRestart, container.Carried["lastState"]?["terminated"]?["finishedAt"]),
            };
            if (Reason(state?["waiting"]) is { } waiting)
            {
                summary = summary with { Status = waiting };
            }
            else if (terminated is not null)
            {
                summary = summary with { Status = Reason(terminated) ?? Exit(terminated) };
            }
            else if (container.Ready == true && (state is null || state["running"] is not null))
            {
                // A container whose state nobody tells is taken to run when it is ready.
                hasRunning = true;
                summary = summary with { Ready = summary.Ready + 1 };
            }
        }

        return summary.Status == Completed && hasRunning ? summary with { Status = Has(pod, "Ready") ? PodPhase.Running : "NotReady" } : summary;
    }

    private static string? Reason(JsonValue? state) => state?["reason"]?.Text is { Length: > 0 } reason ? reason : null;

    private static string Exit(JsonValue terminated) => terminated["signal"] is { Text: not "0" } signal
        ? $"Signal:{signal.Text}" : $"ExitCode:{terminated["exitCode"]?.Text ?? "0"}";

    private static DateTimeOffset? Later(DateTimeOffset? time, JsonValue? text)
    {
        bool isTime = text is { Kind: JsonValueKind.String };
        return isTime && DateTimeOffset.TryParse(text!.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset other) && (time is null || other > time)
            ? other : time;
    }

    private static bool Has(Pod pod, string type)
    {
        foreach (Condition condition in pod.Status.Conditions)
        {
            if (condition.Type == type)
            {
                return condition.Status == ConditionStatus.True;
            }
        }

        return false;
    }
}
