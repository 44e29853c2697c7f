using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.CloudProvider;

/// <summary>Which addresses a Service asks for: by annotation, or by spec.loadBalancerIP.</summary>
/// <param name="Addresses">In the order asked for; empty where any will do.</param>
/// <param name="Field">Where they are asked for.</param>
/// <param name="Refusal">Why the request cannot be met whatever is free; null where it can.</param>
/// <source>MetalLB, controller/service.go getDesiredLbIPs</source>
internal readonly record struct AddressRequest(EquatableArray<IpAddress> Addresses, string? Field, PendingReason? Refusal)
{
    public const string Annotation = "metallb.io/loadBalancerIPs";
    public const string OldAnnotation = "metallb.universe.tf/loadBalancerIPs";
    public const string SpecField = "spec.loadBalancerIP";

    public static AddressRequest Of(Service service)
    {
        string key = service.Metadata.Annotations.ContainsKey(Annotation) ? Annotation : OldAnnotation;
        string annotation = service.Metadata.Annotations[key] ?? "";
        string spec = service.Spec.LoadBalancerIP ?? "";
        string field = annotation.Length > 0 ? $"metadata.annotations[{key}]" : SpecField;
        if (annotation.Length > 0 && spec.Length > 0)
        {
            return Refused(service, field, $"service can not have both {key} and svc.Spec.LoadBalancerIP");
        }

        string text = annotation.Length > 0 ? annotation : spec;
        if (text.Length == 0)
        {
            return default;
        }

        var addresses = new List<IpAddress>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!IpAddress.TryParse(part, out IpAddress address))
            {
                return Refused(service, field, $"invalid {(annotation.Length > 0 ? key : SpecField)} \"{part}\"");
            }

            addresses.Add(address);
        }

        bool isOnePerFamily = addresses.Count == 1 || (addresses.Count == 2 && addresses[0].IsIPv4 != addresses[1].IsIPv4);
        return isOnePerFamily ? new(new([.. addresses]), field, null) : Refused(service, field, $"more than one address of a family in \"{text}\"");
    }

    private static AddressRequest Refused(Service service, string field, string why) =>
        new(default, field, new("AllocationFailed", $"Failed to allocate IP for \"{service.Name}\": {why}", field));
}
