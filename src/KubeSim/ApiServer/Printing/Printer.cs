using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Printing;

/// <summary>How the objects of one kind are printed.</summary>
/// <param name="Columns">The columns, wide ones included.</param>
/// <param name="Cells">The cells of an object at a time.</param>
internal sealed record Printer(EquatableArray<PrintedColumn> Columns, Func<KubernetesObject, DateTimeOffset, EquatableArray<string>> Cells)
{
    private static readonly Printer Plain = new(
        [new("Name"), new("Age")], static (value, now) => [value.Metadata.Name, HumanDuration.Since(value.Metadata.CreationTimestamp, now)]);

    /// <summary>The kind's own printer, or name and age.</summary>
    internal static Printer Of(ResourceType resource) => resource.QualifiedKind switch
    {
        "Service" => ServicePrinter.Printer,
        "Pod" => PodPrinter.Printer,
        "Endpoints" => EndpointPrinter.Endpoints,
        "EndpointSlice.discovery.k8s.io" => EndpointPrinter.EndpointSlices,
        "Node" => NodePrinter.Printer,
        "Namespace" => NamespacePrinter.Printer,
        "Deployment.apps" => WorkloadPrinter.Deployments,
        "ReplicaSet.apps" => WorkloadPrinter.ReplicaSets,
        _ => Plain,
    };
}
