using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a Pod's spec, also that of a template.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidatePodSpec</source>
internal static class PodSpecValidator
{
    private const int MostNameservers = 3;
    private const int MostSearches = 32;

    internal static void Check(FieldErrors errors, string field, PodSpec spec)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        VolumeValidator.Check(errors, $"{field}.volumes", spec.Carried["volumes"]?.Items ?? default);
        if (spec.Containers.IsEmpty)
        {
            errors.Required($"{field}.containers");
        }

        ContainerValidator.Check(errors, $"{field}.containers", spec.Containers, names);
        ContainerValidator.Check(errors, $"{field}.initContainers", spec.InitContainers, names);
        CheckHostPorts(errors, field, spec);
        if (spec.RestartPolicy is not ("Always" or "OnFailure" or "Never"))
        {
            errors.NotSupported($"{field}.restartPolicy", spec.RestartPolicy, "Always", "Never", "OnFailure");
        }

        if (spec.DnsPolicy is not (DnsPolicy.ClusterFirst or DnsPolicy.ClusterFirstWithHostNet or DnsPolicy.Default or DnsPolicy.None))
        {
            errors.NotSupported($"{field}.dnsPolicy", spec.DnsPolicy, DnsPolicy.ClusterFirstWithHostNet, DnsPolicy.ClusterFirst, DnsPolicy.Default, DnsPolicy.None);
        }

        Metadata.CheckLabels(errors, $"{field}.nodeSelector", spec.NodeSelector);
        SecurityProfiles.Check(errors, $"{field}.securityContext", spec.Carried["securityContext"]);
        AffinityValidator.Check(errors, $"{field}.affinity", spec.Carried["affinity"]);
        CheckDnsConfig(errors, $"{field}.dnsConfig", spec);
        for (int i = 0; i < spec.ReadinessGates.Length; i++)
        {
            Names.CheckKey(errors, $"{field}.readinessGates[{i}].conditionType", spec.ReadinessGates[i].ConditionType);
        }

        CheckName(errors, $"{field}.serviceAccountName", spec.ServiceAccountName, Names.CheckSubdomain);
        CheckName(errors, $"{field}.nodeName", spec.NodeName, Names.CheckSubdomain);
        CheckName(errors, $"{field}.hostname", spec.Hostname, Names.CheckLabel);
        CheckName(errors, $"{field}.subdomain", spec.Subdomain, Names.CheckLabel);
        CheckTolerations(errors, $"{field}.tolerations", spec.Tolerations);
    }

    internal static void CheckTolerations(FieldErrors errors, string list, EquatableArray<Toleration> tolerations)
    {
        for (int i = 0; i < tolerations.Length; i++)
        {
            Toleration toleration = tolerations[i];
            string field = $"{list}[{i}]";
            if (!string.IsNullOrEmpty(toleration.Key))
            {
                Names.CheckKey(errors, $"{field}.key", toleration.Key);
            }
            else if (toleration.Operator != "Exists")
            {
                errors.Invalid($"{field}.operator", toleration.Operator ?? "", "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }

            if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
            {
                errors.Invalid($"{field}.effect", toleration.Effect ?? "", "effect must be 'NoExecute' when `tolerationSeconds` is set");
            }

            switch (toleration.Operator)
            {
                case null or "" or "Equal":
                    Names.CheckLabelValue(errors, $"{field}.operator", toleration.Value ?? "");
                    break;
                case "Exists" when !string.IsNullOrEmpty(toleration.Value):
                    errors.Invalid($"{field}.operator", toleration.Value, "value must be empty when `operator` is 'Exists'");
                    break;
                case not "Exists":
                    errors.NotSupported($"{field}.operator", toleration.Operator, "Equal", "Exists");
                    break;
            }

            if (toleration.Effect is not (null or "" or "NoSchedule" or "PreferNoSchedule" or "NoExecute"))
            {
                errors.NotSupported($"{field}.effect", toleration.Effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
            }
        }
    }

    private static void CheckName(FieldErrors errors, string field, string? value, Metadata.NameRule rule)
    {
        if (!string.IsNullOrEmpty(value))
        {
            rule(errors, field, value);
        }
    }

    private static void CheckHostPorts(FieldErrors errors, string field, PodSpec spec)
    {
        HashSet<string>? used = null;
        for (int i = 0; i < spec.Containers.Length; i++)
        {
            EquatableArray<ContainerPort> ports = spec.Containers[i].Ports;
            for (int j = 0; j < ports.Length; j++)
            {
                if (ports[j].HostPort is null or 0)
                {
                    continue;
                }

                string place = $"{field}.containers[{i}].ports[{j}].hostPort";
                string use = $"{ports[j].Protocol}/{ports[j].HostIP}/{ports[j].HostPort}";
                if (!(used ??= new(StringComparer.Ordinal)).Add(use))
                {
                    errors.Duplicate(place, use);
                }

                if (spec.HostNetwork == true && ports[j].HostPort != ports[j].Port)
                {
                    errors.Invalid(place, ports[j].HostPort ?? 0, "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void CheckDnsConfig(FieldErrors errors, string field, PodSpec spec)
    {
        if (spec.DnsPolicy == DnsPolicy.None)
        {
            if (spec.DnsConfig is null)
            {
                errors.Required(field, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }

            if (spec.DnsConfig.Nameservers.IsEmpty)
            {
                errors.Required($"{field}.nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }

        if (spec.DnsConfig is not { } config)
        {
            return;
        }

        if (config.Nameservers.Length > MostNameservers)
        {
            errors.Invalid($"{field}.nameservers", config.Nameservers, "must not have more than 3 nameservers");
        }

        for (int i = 0; i < config.Nameservers.Length; i++)
        {
            Addresses.Check(errors, $"{field}.nameservers[{i}]", config.Nameservers[i], out IpAddress _);
        }

        if (config.Searches.Length > MostSearches)
        {
            errors.Invalid($"{field}.searches", config.Searches, "must not have more than 32 search paths");
        }

        for (int i = 0; i < config.Searches.Length; i++)
        {
            string search = config.Searches[i];
            if (search != ".")
            {
                // Labels of a search path may also hold underscores.
                Names.CheckSubdomain(errors, $"{field}.searches[{i}]", (search.EndsWith('.') ? search[..^1] : search).Replace('_', '-'));
            }
        }

        for (int i = 0; i < config.Options.Length; i++)
        {
            if (string.IsNullOrEmpty(config.Options[i].Name))
            {
                errors.Required($"{field}.options[{i}]", "must not be empty");
            }
        }
    }
}
