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
        CheckSubsets(errors, value.Subsets, default);
    }

    /// <summary>Addresses that are the old object's own instances are right already, as long as they keep their order.</summary>
    internal static void CheckUpdate(FieldErrors errors, Endpoints old, Endpoints value)
    {
        Metadata.CheckUpdate(errors, old, value);
        if (old.Subsets != value.Subsets)
        {
            CheckSubsets(errors, value.Subsets, old.Subsets);
        }
    }

    private static void CheckSubsets(FieldErrors errors, EquatableArray<EndpointSubset> subsets, EquatableArray<EndpointSubset> old)
    {
        for (int i = 0; i < subsets.Length; i++)
        {
            EndpointSubset subset = subsets[i];
            EndpointSubset? before = i < old.Length ? old[i] : null;
            string field = $"subsets[{i}]";
            if (subset.Addresses.IsEmpty && subset.NotReadyAddresses.IsEmpty)
            {
                errors.Required(field, "must specify `addresses` or `notReadyAddresses`");
            }

            CheckAddresses(errors, $"{field}.addresses", subset.Addresses, before?.Addresses ?? default);
            CheckAddresses(errors, $"{field}.notReadyAddresses", subset.NotReadyAddresses, before?.NotReadyAddresses ?? default);
            CheckPorts(errors, $"{field}.ports", subset.Ports);
        }
    }

    private static void CheckAddresses(FieldErrors errors, string list, EquatableArray<EndpointAddress> addresses, EquatableArray<EndpointAddress> old)
    {
        int next = 0;
        for (int i = 0; i < addresses.Length; i++)
        {
            if (WasThere(addresses[i], old, ref next))
            {
                continue;
            }

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

    /// <summary>Whether the address is the next of the old ones, or the one behind it where one has left.</summary>
    private static bool WasThere(EndpointAddress address, EquatableArray<EndpointAddress> old, ref int next)
    {
        for (int place = next; place < old.Length && place < next + 2; place++)
        {
            if (ReferenceEquals(old[place], address))
            {
                next = place + 1;
                return true;
            }
        }

        return false;
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
