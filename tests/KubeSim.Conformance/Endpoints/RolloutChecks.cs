using System.Globalization;
using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Controllers.Deployments;

namespace KubeSim.Conformance.Endpoints;

/// <summary>What the Deployment controller makes of sizes and limits.</summary>
internal static class RolloutChecks
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How many Pods there may be, and how many must be available.</summary>
    public static void CheckLimits(CaseNode file, CaseNode one, Findings findings)
    {
        RolloutLimits limits = RolloutLimits.Of(DeploymentOf(one["input"]).Spec);
        CaseNode expect = one["expect"];
        findings.Check(expect["maxTotalPods"], limits.MaxTotal, expect["maxTotalPods"].Int);
        findings.Check(expect["resolvedMaxSurge"], limits.MaxSurge, expect["resolvedMaxSurge"].Int);
        findings.Check(expect["resolvedMaxUnavailable"], limits.ResolvedMaxUnavailable, expect["resolvedMaxUnavailable"].Int);
        CheckAvailability(expect, limits, findings);
    }

    /// <summary>A Deployment that is scaled in the middle of a rollout.</summary>
    public static void CheckScaling(CaseNode file, CaseNode one, Findings findings)
    {
        CaseNode input = one["input"];
        input.Skip("oldReplicas"); // the annotations of the ReplicaSets say it
        Rollout rollout = RolloutOf(input);
        ProportionalScaling.Scale(rollout);
        findings.CheckSet(
            one["expect"]["replicaSets"], rollout.All.Select(set => Entry(set.Metadata.Name, ReplicaSetSizes.Wanted(set))),
            one["expect"]["replicaSets"].Entries.Select(entry => Entry(entry.Key, entry.Value.Int)));
    }

    /// <summary>A rollout, sync by sync, in the little world that the file describes.</summary>
    public static void CheckTrace(CaseNode file, CaseNode one, Findings findings)
    {
        CaseNode input = one["input"];
        Rollout rollout = RolloutOf(input);
        int perRound = input["becomeAvailablePerRound"].Int;
        bool isBroken = input["newNeverAvailable"].Boolean;
        var trace = new List<string> { Text("start", rollout) };
        while (Next(rollout, isBroken ? -1 : perRound) is var (action, next))
        {
            rollout = next;
            trace.Add(Text(action, rollout));
        }

        CaseNode expect = one["expect"];
        findings.Check(expect["maxSurge"], rollout.Limits.MaxSurge, expect["maxSurge"].Int);
        CheckAvailability(expect, rollout.Limits, findings);
        findings.CheckList(expect["trace"], trace, expect["trace"].Items.Select(Text));
    }

    private static void CheckAvailability(CaseNode expect, RolloutLimits limits, Findings findings)
    {
        findings.Check(expect["maxUnavailable"], limits.MaxUnavailable, expect["maxUnavailable"].Int);
        findings.Check(expect["minAvailable"], limits.MinAvailable, expect["minAvailable"].Int);
    }

    /// <summary>The next state, or null where nothing changes any more.</summary>
    private static (string Action, Rollout Next)? Next(Rollout rollout, int perRound)
    {
        int before = ReplicaSetSizes.Wanted(rollout.New!);
        if (RollingUpdate.Step(rollout))
        {
            string action = ReplicaSetSizes.Wanted(rollout.New!) == before ? "scale-old" : "scale-new";
            return (action, new Rollout(rollout.Deployment, rollout.All.Select(set => WithAvailable(set, Math.Min(ReplicaSetSizes.Available(set), ReplicaSetSizes.Wanted(set))))));
        }

        ReplicaSet present = rollout.New!;
        int missing = ReplicaSetSizes.Wanted(present) - ReplicaSetSizes.Available(present);
        int more = perRound == 0 ? missing : Math.Min(missing, perRound);
        return more <= 0 ? null : (
            string.Create(CultureInfo.InvariantCulture, $"pods-available+{more}"),
            new Rollout(rollout.Deployment, rollout.All.Select(set => set.Metadata.Name == present.Metadata.Name ? WithAvailable(set, ReplicaSetSizes.Available(set) + more) : set)));
    }

    private static ReplicaSet WithAvailable(ReplicaSet set, int available) => set with { Status = set.Status with { AvailableReplicas = available } };

    private static string Text(string action, Rollout rollout) => string.Create(
        CultureInfo.InvariantCulture, $"{action} {Text(rollout.New!)} {SliceTexts.Set(rollout.Old.Select(Text))} {rollout.Wanted} {rollout.Available}");

    private static string Text(ReplicaSet set) => Sizes(set.Metadata.Name, ReplicaSetSizes.Wanted(set), ReplicaSetSizes.Available(set));

    private static string Text(CaseNode step) => string.Create(
        CultureInfo.InvariantCulture,
        $"{step["action"].Text} {Sizes("rs-new", step["new"]["replicas"].Int, step["new"]["available"].Int)} {SliceTexts.Set(step["old"].Items.Select(old => Sizes(old["name"].Text, old["replicas"].Int, old["available"].Int)))} {step["totalReplicas"].Int} {step["totalAvailable"].Int}");

    private static string Sizes(string name, int replicas, int available) => string.Create(CultureInfo.InvariantCulture, $"{name}={replicas}/{available}");

    private static string Entry(string name, int replicas) => string.Create(CultureInfo.InvariantCulture, $"{name}={replicas}");

    private static Rollout RolloutOf(CaseNode input)
    {
        Deployment deployment = DeploymentOf(input);
        List<ReplicaSet> sets = [.. input["old"].Items.Select(old => SetOf(old, deployment, isNew: false))];
        if (input.Find("new") is { } present)
        {
            sets.Add(SetOf(present, deployment, isNew: true));
        }

        return new Rollout(deployment, sets);
    }

    private static Deployment DeploymentOf(CaseNode input) => new()
    {
        Metadata = new() { Name = "web", Namespace = "default" },
        Spec = new()
        {
            Replicas = input["replicas"].Int,
            Template = TemplateOf("new"),
            Strategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = ValueOf(input["maxSurge"]), MaxUnavailable = ValueOf(input["maxUnavailable"]) } },
        },
    };

    private static PodTemplateSpec TemplateOf(string image) => new() { Spec = new() { Containers = [new() { Name = "app", Image = image }] } };

    private static IntOrString ValueOf(CaseNode node) => node.IsText ? node.Text : node.Int;

    private static ReplicaSet SetOf(CaseNode node, Deployment deployment, bool isNew)
    {
        LabelSet annotations = default;
        foreach ((string key, string annotation) in new[] { ("maxReplicasAnnotation", DeploymentAnnotations.MaxReplicas), ("desiredReplicasAnnotation", DeploymentAnnotations.DesiredReplicas) })
        {
            annotations = node.Find(key) is { } value ? annotations.With(annotation, value.Scalar) : annotations;
        }

        return new()
        {
            Metadata = new() { Name = node["name"].Text, Namespace = "default", CreationTimestamp = Now.AddSeconds(-node["ageSeconds"].Int), Annotations = annotations },
            Spec = new() { Replicas = node["replicas"].Int, Template = isNew ? deployment.Spec.Template : TemplateOf(node["name"].Text) },
            Status = new() { Replicas = node["replicas"].Int, AvailableReplicas = node["available"].Int },
        };
    }
}
