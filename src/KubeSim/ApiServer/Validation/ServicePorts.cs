using System.Globalization;
using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a Service's ports.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, validateServicePort, ValidateService</source>
internal static class ServicePorts
{
    /// <summary>Each port for itself, and their names together.</summary>
    internal static void Check(FieldErrors errors, EquatableArray<ServicePort> ports)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < ports.Length; i++)
        {
            ServicePort port = ports[i];
            string field = $"spec.ports[{i}]";
            if (!string.IsNullOrEmpty(port.Name))
            {
                Names.CheckLabel(errors, $"{field}.name", port.Name);
                if (!names.Add(port.Name))
                {
                    errors.Duplicate($"{field}.name", port.Name);
                }
            }
            else if (ports.Length > 1)
            {
                errors.Required($"{field}.name");
            }

            Names.CheckPort(errors, $"{field}.port", port.Port ?? 0);
            CheckProtocol(errors, $"{field}.protocol", port.Protocol);
            CheckTargetPort(errors, $"{field}.targetPort", port.TargetPort ?? 0);
            if (port.AppProtocol is not null)
            {
                Names.CheckKey(errors, $"{field}.appProtocol", port.AppProtocol);
            }
        }
    }

    /// <summary>What may stand only once, and what the type does not allow.</summary>
    internal static void CheckTogether(FieldErrors errors, ServiceSpec spec)
    {
        for (int i = 0; i < spec.Ports.Length; i++)
        {
            if (spec.Type == ServiceType.ClusterIP && spec.Ports[i].NodePort is not (null or 0))
            {
                errors.Forbidden($"spec.ports[{i}].nodePort", "may not be used when `type` is 'ClusterIP'");
            }
        }

        var nodePorts = new HashSet<(string?, int)>();
        for (int i = 0; i < spec.Ports.Length && ServiceFacts.MayHaveNodePorts(spec); i++)
        {
            if (spec.Ports[i].NodePort is { } nodePort and not 0 && !nodePorts.Add((spec.Ports[i].Protocol, nodePort)))
            {
                errors.DuplicateJson($"spec.ports[{i}].nodePort", nodePort.ToString(CultureInfo.InvariantCulture));
            }
        }

        var numbers = new HashSet<(string?, int)>();
        for (int i = 0; i < spec.Ports.Length; i++)
        {
            string? protocol = spec.Ports[i].Protocol;
            int port = spec.Ports[i].Port ?? 0;
            if (!numbers.Add((protocol, port)))
            {
                errors.DuplicateJson(
                    $"spec.ports[{i}]",
                    string.Create(CultureInfo.InvariantCulture, $"{{\"Name\":\"\",\"Protocol\":{FieldErrors.Quote(protocol)},\"AppProtocol\":null,\"Port\":{port},\"TargetPort\":0,\"NodePort\":0}}"));
            }
        }
    }

    internal static void CheckProtocol(FieldErrors errors, string field, string? protocol)
    {
        if (string.IsNullOrEmpty(protocol))
        {
            errors.Required(field);
        }
        else if (protocol is not (Protocol.TCP or Protocol.UDP or Protocol.SCTP))
        {
            errors.NotSupported(field, protocol, Protocol.SCTP, Protocol.TCP, Protocol.UDP);
        }
    }

    internal static void CheckTargetPort(FieldErrors errors, string field, IntOrString port)
    {
        if (port.IsNumber)
        {
            Names.CheckPort(errors, field, port.Number);
        }
        else
        {
            Names.CheckPortName(errors, field, port.Text);
        }
    }
}
