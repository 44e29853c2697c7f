using KubeSim.Api;

namespace KubeSim.ApiServer.Printing;

/// <summary>Namespaces as kubectl shows them.</summary>
internal static class NamespacePrinter
{
    internal static readonly Printer Printer = new(
        [new("Name"), new("Status"), new("Age")],
        static (value, now) => [value.Metadata.Name, ((Namespace)value).Status.Phase ?? "", Cell.Age(value, now)]);
}
