using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Controllers.EndpointsObjects;

namespace KubeSim.Controllers.EndpointSliceMirroring;

/// <summary>From an Endpoints object that somebody keeps by hand to slices: one for each set of ports and each family of addresses.</summary>
/// <source>kubernetes v1.36, pkg/controller/endpointslicemirroring, reconciler.go and utils.go</source>
internal static class MirroringReconciler
{
    /// <summary><c>--mirroring-max-endpoints-per-subset</c>.</summary>
    public const int DefaultMost = 1000;

    private const string MappedPrefix = "::ffff:";
    private const string SkipLabel = "endpointslice.kubernetes.io/skip-mirror";
    private const string LeaderAnnotation = "control-plane.alpha.kubernetes.io/leader";

    /// <summary>Whether an object is mirrored: its Service selects nothing, and nobody says otherwise.</summary>
    public static bool IsFor(Endpoints endpoints, Service? service) =>
        service is { Spec.Selector.IsAbsent: true } && endpoints.Metadata.Labels[SkipLabel] != "true" && !endpoints.Metadata.Annotations.ContainsKey(LeaderAnnotation);

    /// <summary>Compares what there should be with what there is.</summary>
    /// <param name="endpoints">The object.</param>
    /// <param name="existing">The slices that this controller made of it, in the order of their names.</param>
    /// <param name="most">Addresses of one subset.</param>
    public static MirroredChanges Reconcile(Endpoints endpoints, IReadOnlyList<EndpointSlice> existing, int most = DefaultMost)
    {
        var changes = new MirroredChanges();
        var template = new MirroredSlice(endpoints);
        List<EndpointSlice> wanted = Wanted(endpoints, template, most, changes);
        var left = new List<EndpointSlice>(existing);
        foreach (EndpointSlice slice in wanted)
        {
            int place = left.FindIndex(known => known.AddressType == slice.AddressType && TargetPorts.AreSame(known.Ports, slice.Ports));
            if (place < 0)
            {
                changes.Creates.Add(slice);
                continue;
            }

            if (!template.IsRight(left[place], slice))
            {
                changes.Updates.Add(MirroredSlice.Changed(left[place], slice));
            }

            left.RemoveAt(place);
        }

        changes.Deletes.AddRange(left);
        Recycle(changes);
        return changes;
    }

    private static List<EndpointSlice> Wanted(Endpoints endpoints, MirroredSlice template, int most, MirroredChanges changes)
    {
        var slices = new List<EndpointSlice>();
        int invalid = 0;
        int skipped = 0;
        foreach (EndpointSubset subset in SubsetPacking.Repack(endpoints.Subsets))
        {
            var byFamily = new SortedDictionary<string, List<Endpoint>>(StringComparer.Ordinal);
            int room = most;
            foreach ((EndpointAddress address, bool isReady) in subset.Addresses.Select(one => (one, true)).Concat(subset.NotReadyAddresses.Select(one => (one, false))))
            {
                if (Canonical(address.IP) is not { } ip)
                {
                    invalid++;
                }
                else if (room == 0)
                {
                    skipped++;
                }
                else
                {
                    room--;
                    string family = ip.Contains(':', StringComparison.Ordinal) ? IPFamily.IPv6 : IPFamily.IPv4;
                    if (!byFamily.TryGetValue(family, out List<Endpoint>? list))
                    {
                        byFamily.Add(family, list = []);
                    }

                    list.Add(EndpointOf(address, ip, isReady));
                }
            }

            slices.AddRange(byFamily.Select(family => template.New(family.Key, subset.Ports, family.Value.ToEquatableArray())));
        }

        Warn(invalid, skipped, most, changes);
        return slices;
    }

    private static void Warn(int invalid, int skipped, int most, MirroredChanges changes)
    {
        if (invalid > 0)
        {
            changes.Warnings.Add(("InvalidIPAddress", string.Create(CultureInfo.InvariantCulture, $"Skipped {invalid} invalid IP addresses when mirroring to EndpointSlices")));
        }

        if (skipped > 0)
        {
            changes.Warnings.Add(("TooManyAddressesToMirror", string.Create(
                CultureInfo.InvariantCulture, $"A max of {most} addresses can be mirrored to EndpointSlices per Endpoints subset. {skipped} addresses were skipped")));
        }
    }

    /// <summary>Where one slice goes and another of the same family comes, one changes instead.</summary>
    private static void Recycle(MirroredChanges changes)
    {
        foreach (EndpointSlice gone in changes.Deletes.ToArray())
        {
            int place = changes.Creates.FindIndex(created => created.AddressType == gone.AddressType);
            if (place >= 0)
            {
                changes.Updates.Add(MirroredSlice.Changed(gone, changes.Creates[place]));
                changes.Creates.RemoveAt(place);
                changes.Deletes.Remove(gone);
            }
        }
    }

    /// <summary>The address as it is usually printed; null for none. Leading zeros are forgiven, and an IPv4 address in the clothes of IPv6 is one of IPv4.</summary>
    private static string? Canonical(string text)
    {
        string plain = text.Contains('.', StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal)
            ? string.Join('.', text.Split('.').Select(part => part.TrimStart('0') is { Length: > 0 } digits ? digits : part.Length > 0 ? "0" : ""))
            : text.StartsWith(MappedPrefix, StringComparison.OrdinalIgnoreCase) && text.Contains('.', StringComparison.Ordinal) ? text[MappedPrefix.Length..] : text;
        return !IpAddress.TryParse(plain, out IpAddress address) ? null
            : address.IsIPv6 && address.Value >> 32 == 0xFFFF ? IpAddress.FromIPv4((uint)(address.Value & uint.MaxValue)).ToString(null, CultureInfo.InvariantCulture)
            : address.ToString(null, CultureInfo.InvariantCulture);
    }

    private static Endpoint EndpointOf(EndpointAddress address, string ip, bool isReady) => new()
    {
        Addresses = [ip],
        Conditions = new EndpointConditions { Ready = isReady },
        Hostname = string.IsNullOrEmpty(address.Hostname) ? null : address.Hostname,
        NodeName = address.NodeName,
        TargetRef = address.TargetRef,
    };
}
