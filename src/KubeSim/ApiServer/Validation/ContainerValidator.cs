using System.Text.Json;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a Pod's containers.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, validateContainers, validateContainerPorts, validateProbe</source>
internal static class ContainerValidator
{
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];
    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket", "grpc"];
    private static readonly string[] ProbeNumbers = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"];

    /// <param name="errors">Where faults go.</param>
    /// <param name="list">The field of the list.</param>
    /// <param name="containers">What is checked.</param>
    /// <param name="names">Names that are taken; those of these containers are added.</param>
    internal static void Check(FieldErrors errors, string list, EquatableArray<Container> containers, HashSet<string> names)
    {
        for (int i = 0; i < containers.Length; i++)
        {
            Container container = containers[i];
            string field = $"{list}[{i}]";
            if (container.Name.Length == 0)
            {
                errors.Required($"{field}.name");
            }
            else
            {
                Names.CheckLabel(errors, $"{field}.name", container.Name);
                if (!names.Add(container.Name))
                {
                    errors.Duplicate($"{field}.name", container.Name);
                }
            }

            CheckImage(errors, $"{field}.image", container.Image ?? "");
            CheckPorts(errors, $"{field}.ports", container.Ports);
            CheckProbes(errors, field, container);
            ContainerResources.Check(errors, $"{field}.resources", container.Carried["resources"]);
            SecurityProfiles.Check(errors, $"{field}.securityContext", container.Carried["securityContext"]);
        }
    }

    internal static void CheckImage(FieldErrors errors, string field, string image)
    {
        if (image.Length == 0)
        {
            errors.Required(field);
        }
        else if (image.Trim().Length != image.Length)
        {
            errors.Invalid(field, image, "must not have leading or trailing whitespace");
        }
    }

    private static void CheckPorts(FieldErrors errors, string list, EquatableArray<ContainerPort> ports)
    {
        HashSet<string>? names = null;
        for (int i = 0; i < ports.Length; i++)
        {
            ContainerPort port = ports[i];
            string field = $"{list}[{i}]";
            if (!string.IsNullOrEmpty(port.Name))
            {
                Names.CheckPortName(errors, $"{field}.name", port.Name);
                if (!(names ??= new(StringComparer.Ordinal)).Add(port.Name))
                {
                    errors.Duplicate($"{field}.name", port.Name);
                }
            }

            if (port.Port is null or 0)
            {
                errors.Required($"{field}.containerPort");
            }
            else
            {
                Names.CheckPort(errors, $"{field}.containerPort", port.Port.Value);
            }

            if (port.HostPort is { } hostPort and not 0)
            {
                Names.CheckPort(errors, $"{field}.hostPort", hostPort);
            }

            ServicePorts.CheckProtocol(errors, $"{field}.protocol", port.Protocol);
        }
    }

    private static void CheckProbes(FieldErrors errors, string container, Container value)
    {
        foreach (string name in Probes)
        {
            if (value.Carried[name] is not { Kind: JsonValueKind.Object } probe)
            {
                continue;
            }

            string field = $"{container}.{name}";
            if (!Handlers.Any(handler => probe[handler] is not null))
            {
                errors.Required(field, "must specify a handler type");
            }

            foreach (string number in ProbeNumbers)
            {
                if (probe[number] is { } given && given.TryGetNumber(out long seconds) && seconds < 0)
                {
                    errors.Invalid($"{field}.{number}", seconds, "must be greater than or equal to 0");
                }
            }
        }
    }
}
