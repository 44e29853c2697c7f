using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Printing;

/// <summary>Nodes as kubectl shows them.</summary>
internal static class NodePrinter
{
    internal static readonly Printer Printer = new(
        [
            new("Name"), new("Status"), new("Roles"), new("Age"), new("Version"), new("Internal-IP", true), new("External-IP", true), new("OS-Image", true),
            new("Kernel-Version", true), new("Container-Runtime", true),
        ],
        static (value, now) => Cells((Node)value, now));

    private const string RolePrefix = "node-role.kubernetes.io/";
    private const string RoleLabel = "kubernetes.io/role";

    private static EquatableArray<string> Cells(Node value, DateTimeOffset now)
    {
        JsonValue? system = value.Status.Carried["nodeInfo"];
        string? kernel = system?["kernelVersion"]?.Text;
        string? architecture = system?["architecture"]?.Text;
        return
        [
            value.Metadata.Name,
            Status(value),
            Roles(value.Metadata.Labels),
            Cell.Age(value, now),
            system?["kubeletVersion"]?.Text ?? "",
            Address(value, "InternalIP"),
            Address(value, "ExternalIP"),
            Cell.OrUnknown(system?["osImage"]?.Text),
            string.IsNullOrEmpty(kernel) ? Cell.Unknown : string.IsNullOrEmpty(architecture) ? kernel : $"{kernel} ({architecture})",
            Cell.OrUnknown(system?["containerRuntimeVersion"]?.Text),
        ];
    }

    private static string Status(Node value)
    {
        string status = "Unknown";
        foreach (Condition condition in value.Status.Conditions)
        {
            if (condition.Type == "Ready")
            {
                status = condition.Status == ConditionStatus.True ? "Ready" : "NotReady";
            }
        }

        return value.Spec.Unschedulable == true ? $"{status},SchedulingDisabled" : status;
    }

    private static string Roles(LabelSet labels)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Label label in labels)
        {
            if (label.Key.StartsWith(RolePrefix, StringComparison.Ordinal) && label.Key.Length > RolePrefix.Length)
            {
                roles.Add(label.Key[RolePrefix.Length..]);
            }
            else if (label.Key == RoleLabel && label.Value.Length > 0)
            {
                roles.Add(label.Value);
            }
        }

        return roles.Count == 0 ? Cell.None : string.Join(',', roles);
    }

    private static string Address(Node value, string type)
    {
        foreach (NodeAddress address in value.Status.Addresses)
        {
            if (address.Type == type)
            {
                return address.Address;
            }
        }

        return Cell.None;
    }
}
