using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of an EndpointSlice.</summary>
/// <source>kubernetes v1.36, pkg/apis/discovery/validation/validation.go</source>
internal static class EndpointSliceValidator
{
    private const int MostEndpoints = 1000;
    private const int MostAddresses = 100;
    private const int MostPorts = 20000;
    private const int MostHints = 8;
    private const string Fqdn = "FQDN";

    internal static void Check(FieldErrors errors, EndpointSlice value)
    {
        Metadata.Check(errors, value, Names.CheckSubdomain);
        CheckType(errors, value.AddressType);
        CheckEndpoints(errors, value, default);
        CheckPorts(errors, value.Ports);
    }

    /// <summary>Endpoints that are the old slice's own instances are right already: one changed endpoint costs one check.</summary>
    internal static void CheckUpdate(FieldErrors errors, EndpointSlice old, EndpointSlice value)
    {
        Metadata.CheckUpdate(errors, old, value);
        if (old.AddressType != value.AddressType)
        {
            CheckType(errors, value.AddressType);
            errors.Invalid("addressType", value.AddressType, "field is immutable");
        }

        CheckEndpoints(errors, value, old.Endpoints);
        if (old.Ports != value.Ports)
        {
            CheckPorts(errors, value.Ports);
        }
    }

    private static void CheckType(FieldErrors errors, string type)
    {
        if (type.Length == 0)
        {
            errors.Required("addressType");
        }
        else if (type is not (IPFamily.IPv4 or IPFamily.IPv6 or Fqdn))
        {
            errors.NotSupported("addressType", type, Fqdn, IPFamily.IPv4, IPFamily.IPv6);
        }
    }

    private static void CheckEndpoints(FieldErrors errors, EndpointSlice value, EquatableArray<Endpoint> old)
    {
        ReadOnlySpan<Endpoint> endpoints = value.Endpoints.AsSpan();
        if (endpoints.Length > MostEndpoints)
        {
            errors.TooMany("endpoints", endpoints.Length, MostEndpoints);
            return;
        }

        ReadOnlySpan<Endpoint> before = old.AsSpan();
        for (int i = 0; i < endpoints.Length; i++)
        {
            if (i >= before.Length || !ReferenceEquals(before[i], endpoints[i]))
            {
                CheckEndpoint(errors, $"endpoints[{i}]", endpoints[i], value.AddressType);
            }
        }
    }

    private static void CheckEndpoint(FieldErrors errors, string field, Endpoint endpoint, string type)
    {
        if (endpoint.Addresses.IsEmpty)
        {
            errors.Required($"{field}.addresses", "must contain at least 1 address");
        }
        else if (endpoint.Addresses.Length > MostAddresses)
        {
            errors.TooMany($"{field}.addresses", endpoint.Addresses.Length, MostAddresses);
        }
        else
        {
            for (int i = 0; i < endpoint.Addresses.Length; i++)
            {
                CheckAddress(errors, field, i, endpoint.Addresses[i], type);
            }
        }

        if (endpoint.NodeName is not null)
        {
            Names.CheckSubdomain(errors, $"{field}.nodeName", endpoint.NodeName);
        }

        if (endpoint.Hostname is not null)
        {
            Names.CheckLabel(errors, $"{field}.hostname", endpoint.Hostname);
        }

        if (endpoint.Hints is { } hints)
        {
            CheckHints(errors, $"{field}.hints.forZones", hints.ForZones, static zone => zone.Name);
            CheckHints(errors, $"{field}.hints.forNodes", hints.ForNodes, static node => node.Name);
        }
    }

    private static void CheckAddress(FieldErrors errors, string field, int index, string text, string type)
    {
        string place = $"{field}.addresses[{index}]";
        if (type == Fqdn)
        {
            Names.CheckSubdomain(errors, place, text.EndsWith('.') ? text[..^1] : text);
        }
        else if (type is IPFamily.IPv4 or IPFamily.IPv6 && Addresses.CheckCanonical(errors, place, text, out IpAddress address))
        {
            if (address.IsIPv4 != (type == IPFamily.IPv4))
            {
                errors.Invalid($"{field}.addresses", text, $"must be an {type} address");
            }
            else
            {
                Addresses.CheckEndpoint(errors, place, address);
            }
        }
    }

    private static void CheckHints<T>(FieldErrors errors, string field, EquatableArray<T> hints, Func<T, string> nameOf)
    {
        if (hints.Length > MostHints)
        {
            errors.TooMany(field, hints.Length, MostHints);
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < hints.Length; i++)
        {
            string name = nameOf(hints[i]);
            if (!names.Add(name))
            {
                errors.Duplicate($"{field}[{i}].name", name);
            }
            else
            {
                Names.CheckLabelValue(errors, $"{field}[{i}].name", name);
            }
        }
    }

    private static void CheckPorts(FieldErrors errors, EquatableArray<EndpointPort> ports)
    {
        if (ports.Length > MostPorts)
        {
            errors.TooMany("ports", ports.Length, MostPorts);
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < ports.Length; i++)
        {
            EndpointPort port = ports[i];
            string name = port.Name ?? "";
            string field = $"ports[{i}]";
            if (name.Length > 0)
            {
                Names.CheckLabel(errors, $"{field}.name", name);
            }

            if (!names.Add(name))
            {
                errors.Duplicate($"{field}.name", name);
            }

            ServicePorts.CheckProtocol(errors, $"{field}.protocol", port.Protocol);
            if (port.AppProtocol is not null)
            {
                Names.CheckKey(errors, $"{field}.appProtocol", port.AppProtocol);
            }
        }
    }
}
