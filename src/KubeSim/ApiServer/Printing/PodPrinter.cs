using System.Globalization;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Printing;

/// <summary>Pods as kubectl shows them.</summary>
internal static class PodPrinter
{
    internal static readonly Printer Printer = new(
        [
            new("Name"), new("Ready"), new("Status"), new("Restarts"), new("Age"), new("IP", true), new("Node", true), new("Nominated Node", true),
            new("Readiness Gates", true),
        ],
        static (value, now) => Cells((Pod)value, now));

    private static EquatableArray<string> Cells(Pod pod, DateTimeOffset now)
    {
        PodSummary summary = PodSummary.Of(pod);
        string restarts = Cell.Number(summary.Restarts);
        if (summary is { Restarts: > 0, LastRestart: { } last })
        {
            restarts = $"{restarts} ({HumanDuration.Since(last, now)} ago)";
        }

        return
        [
            pod.Metadata.Name,
            string.Create(CultureInfo.InvariantCulture, $"{summary.Ready}/{summary.Containers}"),
            summary.Status,
            restarts,
            Cell.Age(pod, now),
            Cell.OrNone(pod.Status.PodIPs.IsEmpty ? pod.Status.PodIP : pod.Status.PodIPs[0].IP),
            Cell.OrNone(pod.Spec.NodeName),
            Cell.OrNone(pod.Status.Carried["nominatedNodeName"]?.Text),
            Gates(pod),
        ];
    }

    private static string Gates(Pod pod)
    {
        if (pod.Spec.ReadinessGates.IsEmpty)
        {
            return Cell.None;
        }

        int open = 0;
        foreach (PodReadinessGate gate in pod.Spec.ReadinessGates)
        {
            foreach (Condition condition in pod.Status.Conditions)
            {
                if (condition.Type == gate.ConditionType)
                {
                    open += condition.Status == ConditionStatus.True ? 1 : 0;
                    break;
                }
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{open}/{pod.Spec.ReadinessGates.Length}");
    }
}
