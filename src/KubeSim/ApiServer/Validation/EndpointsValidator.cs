using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of Endpoints.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidateEndpoints</source>
internal static class EndpointsValidator
{
    internal static void Check(FieldErrors errors, Endpoints value)
    {
        Metadata.Check(errors, value, Names.CheckSubdomain);
        CheckSubsets(errors, value.Subsets);
    }

    internal static void CheckUpdate(FieldErrors errors, Endpoints old, Endpoints value)
    {
        Metadata.CheckUpdate(errors, old, value);
        if (old.Subsets != value.Subsets)
        {
            CheckSubsets(errors, value.Subsets);
        }
    }

    private static void CheckSubsets(FieldErrors errors, EquatableArray<EndpointSubset> subsets)
    {
        for (int i = 0; i < subsets.Length; i++)
        {
            EndpointSubset subset = subsets[i];
            string field = $"subsets[{i}]";
            if (subset.Addresses.IsEmpty && subset.NotReadyAddresses.IsEmpty)
            {
                errors.Required(field, "must specify `addresses` or `notReadyAddresses`");
            }

            CheckAddresses(errors, $"{field}.addresses", subset.Addresses);
            CheckAddresses(errors, $"{field}.notReadyAddresses", subset.NotReadyAddresses);
            CheckPorts(errors, $"{field}.ports", subset.Ports);
        }
    }

    private static void CheckAddresses(FieldErrors errors, string list, EquatableArray<EndpointAddress> addresses)
    {
        for (int i = 0; i < addresses.Length; i++)
        {
            string field = $"{list}[{i}]";
            if (Addresses.Check(errors, $"{field}.ip", addresses[i].IP, out IpAddress address))
            {
                Addresses.CheckEndpoint(errors, $"{field}.ip", address);
            }
            else
            {
                // Said twice, by two generations of the rule.
                errors.Invalid($"{field}.ip", addresses[i].IP, "must be a valid IP address");
            }

            if (!string.IsNullOrEmpty(addresses[i].Hostname))
            {
                Names.CheckLabel(errors, $"{field}.hostname", addresses[i].Hostname!);
            }

            if (addresses[i].NodeName is { } node)
            {
                Names.CheckSubdomain(errors, $"{field}.nodeName", node);
            }
        }
    }

    private static void CheckPorts(FieldErrors errors, string list, EquatableArray<EndpointPort> ports)
    {
        for (int i = 0; i < ports.Length; i++)
        {
            string field = $"{list}[{i}]";
            if (!string.IsNullOrEmpty(ports[i].Name))
            {
                Names.CheckLabel(errors, $"{field}.name", ports[i].Name!);
            }
            else if (ports.Length > 1)
            {
                errors.Required($"{field}.name");
            }

            Names.CheckPort(errors, $"{field}.port", ports[i].Port ?? 0);
            ServicePorts.CheckProtocol(errors, $"{field}.protocol", ports[i].Protocol);
            if (ports[i].AppProtocol is { } appProtocol)
            {
                Names.CheckKey(errors, $"{field}.appProtocol", appProtocol);
            }
        }
    }
}
