using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Printing;

/// <summary>Deployments and ReplicaSets as kubectl shows them.</summary>
internal static class WorkloadPrinter
{
    internal static readonly Printer Deployments = new(
        [
            new("Name"), new("Ready"), new("Up-to-date"), new("Available"), new("Age"), new("Containers", true), new("Images", true), new("Selector", true),
        ],
        static (value, now) => Cells((Deployment)value, now));

    internal static readonly Printer ReplicaSets = new(
        [
            new("Name"), new("Desired"), new("Current"), new("Ready"), new("Age"), new("Containers", true), new("Images", true), new("Selector", true),
        ],
        static (value, now) => Cells((ReplicaSet)value, now));

    private static EquatableArray<string> Cells(Deployment value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        $"{Cell.Number(value.Status.ReadyReplicas)}/{Cell.Number(value.Spec.Replicas)}",
        Cell.Number(value.Status.UpdatedReplicas),
        Cell.Number(value.Status.AvailableReplicas),
        Cell.Age(value, now),
        Names(value.Spec.Template),
        Images(value.Spec.Template),
        Cell.Selector(value.Spec.Selector),
    ];

    private static EquatableArray<string> Cells(ReplicaSet value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        Cell.Number(value.Spec.Replicas),
        Cell.Number(value.Status.Replicas),
        Cell.Number(value.Status.ReadyReplicas),
        Cell.Age(value, now),
        Names(value.Spec.Template),
        Images(value.Spec.Template),
        Cell.Selector(value.Spec.Selector),
    ];

    private static string Names(PodTemplateSpec template) => string.Join(',', template.Spec.Containers.Select(container => container.Name));

    private static string Images(PodTemplateSpec template) => string.Join(',', template.Spec.Containers.Select(container => container.Image));
}
