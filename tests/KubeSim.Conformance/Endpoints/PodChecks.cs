using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Controllers.ReplicaSets;
using KubeSim.Kubelet;

namespace KubeSim.Conformance.Endpoints;

/// <summary>What is decided from Pods alone.</summary>
internal static class PodChecks
{
    /// <summary>Which Pods a ReplicaSet deletes first.</summary>
    public static void CheckDeletionOrder(CaseNode file, CaseNode one, Findings findings)
    {
        List<Pod> pods = Read(one["pods"]);
        List<Pod> related = one.Has("relatedPods") ? Read(one["relatedPods"]) : pods;
        var siblings = related.Where(pod => pod.Spec.NodeName is not null).CountBy(pod => pod.Spec.NodeName!).ToDictionary(StringComparer.Ordinal);
        pods.Sort(new PodDeletionOrder(siblings, TimeOf(one["now"])));
        findings.CheckList(one["expect"]["deletionOrder"], pods.Select(pod => pod.Metadata.Name), one["expect"].Texts("deletionOrder"));
    }

    /// <summary>What a kubelet writes as conditions.</summary>
    public static void CheckConditions(CaseNode file, CaseNode one, Findings findings)
    {
        var pod = (Pod)KubernetesObjects.Read(one["pod"]);
        Condition containersReady = PodConditions.ContainersReadyOf(pod);
        CheckCondition(one["expect"]["containersReady"], containersReady, findings);
        CheckCondition(one["expect"]["initialized"], PodConditions.InitializedOf(pod), findings);
        CheckCondition(one["expect"]["ready"], PodConditions.ReadyOf(pod, containersReady), findings);
    }

    /// <summary>The annotation of slices that says when the change happened.</summary>
    public static void CheckTriggerTimes(CaseNode file, CaseNode one, Findings findings)
    {
        var times = new TriggerTimes();
        foreach (CaseNode call in one["calls"].Items)
        {
            if (call.Find("deleteService")?.Boolean == true)
            {
                times = new TriggerTimes();
                continue;
            }

            var service = new Service { Metadata = new() { Name = "web", CreationTimestamp = TimeOf(call["serviceCreated"]) } };
            Pod[] pods = [.. call["podReadyTransitions"].Entries.Select(entry => new Pod
            {
                Metadata = new() { Name = entry.Key },
                Status = new() { Conditions = [new() { Type = "Ready", Status = ConditionStatus.True, LastTransitionTime = TimeOf(entry.Value) }] },
            })];
            findings.Check(call["expect"], TriggerTimes.Text(times.Next(service, pods)), call["expect"].IsNull ? null : call["expect"].Text);
        }
    }

    private static DateTimeOffset TimeOf(CaseNode node) =>
        Rfc3339.TryParse(node.Text, out DateTimeOffset time) ? time : throw node.Wrong("is no time such as 2024-01-01T00:00:00Z");

    private static List<Pod> Read(CaseNode list) => [.. list.Items.Select(pod => (Pod)KubernetesObjects.Read(pod))];

    private static void CheckCondition(CaseNode expected, Condition actual, Findings findings)
    {
        findings.Check(expected, actual.Status, expected["status"].Text, "status");
        findings.Check(expected, actual.Reason ?? "", expected.Find("reason")?.Text ?? "", "reason");
        findings.Check(expected, actual.Message ?? "", expected.Find("message")?.Text ?? "", "message");
    }
}
