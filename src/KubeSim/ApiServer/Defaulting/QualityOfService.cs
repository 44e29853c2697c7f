using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>A Pod's quality of service class, and the status of a new Pod of that class.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/helper/qos/qos.go</source>
internal static class QualityOfService
{
    private static readonly PodStatus BestEffort = Pending("BestEffort");
    private static readonly PodStatus Burstable = Pending("Burstable");
    private static readonly PodStatus Guaranteed = Pending("Guaranteed");
    private static readonly string[] Counted = ["cpu", "memory"];

    /// <summary>The status of a new Pod; one instance for all Pods of a class.</summary>
    internal static PodStatus NewStatus(PodSpec spec)
    {
        bool any = false;
        bool all = true;
        Count(spec.InitContainers, ref any, ref all);
        Count(spec.Containers, ref any, ref all);
        return !any ? BestEffort : all ? Guaranteed : Burstable;
    }

    private static void Count(EquatableArray<Container> containers, ref bool any, ref bool all)
    {
        foreach (Container container in containers)
        {
            JsonValue? resources = container.Carried["resources"];
            foreach (string name in Counted)
            {
                JsonValue? limit = resources?["limits"]?[name];
                JsonValue? request = resources?["requests"]?[name] ?? limit;
                any |= request is not null;
                all &= limit is not null && limit.Text == request?.Text;
            }
        }
    }

    private static PodStatus Pending(string qosClass) => new()
    {
        Phase = PodPhase.Pending,
        Carried = new CarriedFields([CarriedDefaults.Text("qosClass", qosClass)]),
    };
}
