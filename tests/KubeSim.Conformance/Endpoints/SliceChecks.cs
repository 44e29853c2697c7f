using System.Globalization;
using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Endpoints;

/// <summary>The slices after a sync.</summary>
internal static class SliceChecks
{
    public static void Check(CaseNode expect, ControllersUnderTest world, Findings findings)
    {
        if (expect.Find("deterministic") is not { } deterministic)
        {
            return;
        }

        if (deterministic.Boolean)
        {
            CheckAll(expect["slices"], world, findings);
        }
        else
        {
            SliceGroupChecks.Check(expect["groups"], world, findings);
            CheckNamed(expect["named"], world, findings);
        }
    }

    /// <summary>The complete set.</summary>
    private static void CheckAll(CaseNode expected, ControllersUnderTest world, Findings findings)
    {
        bool isCounted = expected.Items.Any(slice => slice.Has("endpointCount"));
        bool isListed = expected.Items.Any(slice => slice.Has("endpointPods"));
        findings.CheckSet(
            expected,
            world.Slices.Values.Select(slice => Environment.NewLine + Head(slice, world) + " " + (isCounted ? Counts(slice.Endpoints, isListed) : Endpoints(slice))),
            expected.Items.Select(slice => Environment.NewLine + Head(slice) + " " + (isCounted ? Counts(slice) : SliceTexts.Set(slice["endpoints"].Items.Select(SliceTexts.Of)))));
    }

    /// <summary>How many, how many of them ready, and whose.</summary>
    public static string Counts(IReadOnlyCollection<Endpoint> endpoints, bool isListed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{endpoints.Count} ready={(isListed ? endpoints.Count(endpoint => endpoint.Conditions.Ready == true) : 0)} {(isListed ? SliceTexts.Set(endpoints.Select(endpoint => endpoint.TargetRef?.Name ?? "")) : "")}");

    public static string Counts(CaseNode slice) => string.Create(
        CultureInfo.InvariantCulture,
        $"{slice["endpointCount"].Int} ready={slice.Find("readyCount")?.Int ?? 0} {(slice.Has("endpointPods") ? SliceTexts.Set(slice.Texts("endpointPods")) : "")}");

    private static string Endpoints(EndpointSlice slice) => SliceTexts.Set(slice.Endpoints.Select(endpoint => SliceTexts.Of(endpoint, withHints: true)));

    private static string Head(EndpointSlice slice, ControllersUnderTest world) => string.Join(
        ' ', world.IsCreated(slice) ? slice.Metadata.GenerateName + "*" : slice.Metadata.Name, slice.Metadata.Namespace, slice.AddressType, SliceTexts.OfPorts(slice),
        "labels", SliceTexts.OfLabels(slice.Metadata.Labels), "annotations", SliceTexts.OfLabels(Annotations(slice, world)), "owners", SliceTexts.OfOwners(slice),
        slice.Metadata.DeletionTimestamp is null ? "" : "deleted");

    private static string Head(CaseNode slice) => string.Join(
        ' ', slice.Find("name")?.Text ?? Prefix(slice["generateName"].Text) + "*", slice["namespace"].Text, slice["addressType"].Text, SliceTexts.OfPorts(slice["ports"]),
        "labels", SliceTexts.OfLabels(slice.Find("labels")), "annotations", SliceTexts.OfLabels(slice.Find("annotations")), "owners", SliceTexts.OfOwners(slice.Find("ownerReferences")),
        slice.Find("deletionTimestamp")?.Text is null ? "" : "deleted");

    /// <summary>The recorder's own API server put a dash between the prefix and what it generated.</summary>
    private static string Prefix(string generated) => generated.EndsWith("--", StringComparison.Ordinal) ? generated[..^1] : generated;

    private static LabelSet Annotations(EndpointSlice slice, ControllersUnderTest world) =>
        world.Configuration.IgnoresTriggerTime ? slice.Metadata.Annotations.Without(WellKnownLabels.LastChangeTriggerTime) : slice.Metadata.Annotations;

    /// <summary>What became of slices that were there before.</summary>
    private static void CheckNamed(CaseNode named, ControllersUnderTest world, Findings findings)
    {
        foreach (CaseNode one in named.Items)
        {
            one.Skip("containsNote");
            EndpointSlice? slice = world.Slices.Values.FirstOrDefault(slice => slice.Metadata.Name == one["name"].Text);
            findings.Check(one["exists"], slice is not null, one["exists"].Boolean);
            if (one.Find("size") is { } size)
            {
                findings.Check(size, slice?.Endpoints.Length ?? 0, size.Int);
            }

            foreach (CaseNode endpoint in one.Find("contains")?.Items ?? [])
            {
                string addresses = SliceTexts.Set(endpoint.Texts("addresses"));
                string pod = endpoint["pod"].Text;
                if (slice?.Endpoints.Any(found => SliceTexts.Set(found.Addresses) == addresses && found.TargetRef?.Name == pod) != true)
                {
                    findings.Add(endpoint, "is not in the slice");
                }
            }
        }
    }
}
