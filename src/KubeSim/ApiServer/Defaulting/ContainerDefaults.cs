using System.Text.Json;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>What a container says that leaves things out.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/v1/defaults.go, SetDefaults_Container, SetDefaults_Probe</source>
internal static class ContainerDefaults
{
    private static readonly JsonField Resources = CarriedDefaults.Empty("resources");
    private static readonly JsonField TerminationMessagePath = CarriedDefaults.Text("terminationMessagePath", "/dev/termination-log");
    private static readonly JsonField TerminationMessagePolicy = CarriedDefaults.Text("terminationMessagePolicy", "File");
    private static readonly JsonField PullAlways = CarriedDefaults.Text("imagePullPolicy", "Always");
    private static readonly JsonField PullIfNotPresent = CarriedDefaults.Text("imagePullPolicy", "IfNotPresent");
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];

    private static readonly JsonField[] ProbeTimes =
    [
        CarriedDefaults.Number("timeoutSeconds", 1), CarriedDefaults.Number("periodSeconds", 10),
        CarriedDefaults.Number("successThreshold", 1), CarriedDefaults.Number("failureThreshold", 3),
    ];

    private static readonly JsonField[] HttpGet = [CarriedDefaults.Text("path", "/"), CarriedDefaults.Text("scheme", "HTTP")];

    internal static Container Complete(Container container, bool hostNetwork)
    {
        EquatableArray<ContainerPort> ports = container.Ports.Complete(static (port, onHost) => Complete(port, onHost), hostNetwork);
        CarriedFields carried = container.Carried.WithMissing(
            [Resources, TerminationMessagePath, TerminationMessagePolicy, IsLatest(container.Image) ? PullAlways : PullIfNotPresent]);
        foreach (string probe in Probes)
        {
            if (carried[probe] is { Kind: JsonValueKind.Object } given && CompleteProbe(given) is var complete && !ReferenceEquals(given, complete))
            {
                carried = carried.With(probe, complete);
            }
        }

        return ports == container.Ports && carried.Fields == container.Carried.Fields ? container : container with { Ports = ports, Carried = carried };
    }

    private static ContainerPort Complete(ContainerPort port, bool hostNetwork)
    {
        if (string.IsNullOrEmpty(port.Protocol))
        {
            port = port with { Protocol = Protocol.TCP };
        }

        return hostNetwork && port.HostPort is null or 0 && port.Port is > 0 ? port with { HostPort = port.Port } : port;
    }

    private static JsonValue CompleteProbe(JsonValue probe)
    {
        JsonValue complete = probe.WithMissing(ProbeTimes);
        if (complete["httpGet"] is not { Kind: JsonValueKind.Object } given || given.WithMissing(HttpGet) is var get && ReferenceEquals(get, given))
        {
            return complete;
        }

        return JsonValue.OfObject(new CarriedFields(complete.Fields).With("httpGet", get).Fields);
    }

    /// <summary>Whether the image has no tag, or the tag latest, and no digest.</summary>
    private static bool IsLatest(string? image)
    {
        if (image is null || image.Contains('@', StringComparison.Ordinal))
        {
            return image is null;
        }

        int colon = image.LastIndexOf(':');
        return colon <= image.LastIndexOf('/') || image.AsSpan(colon + 1).SequenceEqual("latest");
    }
}
