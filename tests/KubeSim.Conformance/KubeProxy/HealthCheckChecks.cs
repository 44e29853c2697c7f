using System.Globalization;
using System.Text.Json;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Proxy.HealthChecks;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>The servers that say whether a Service has endpoints here, and whether kube-proxy itself is well.</summary>
internal static class HealthCheckChecks
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Families = [IPFamily.IPv4, IPFamily.IPv6];

    public static void Check(CaseNode node, ProxyUnderTest proxy, Findings findings)
    {
        if (node.Find("serviceHealthSteps") is { } serviceSteps)
        {
            CheckServiceHealth(node, serviceSteps, proxy, findings);
        }

        if (node.Find("proxyHealthSteps") is { } proxySteps)
        {
            CheckProxyHealth(node, proxySteps, findings);
        }
    }

    private static void CheckServiceHealth(CaseNode node, CaseNode steps, ProxyUnderTest proxy, Findings findings)
    {
        Cidr[] nodePortAddresses = [.. node.Texts("nodePortAddresses").Select(Cidr.Parse)];
        var server = new ServiceHealthServer(ServiceHealthServer.ListenAddresses([.. nodePortAddresses], proxy.Configuration.LocalAddresses, proxy.Configuration.IsIPv6));
        if (node.Find("listenAddress") is { } listenAddress)
        {
            findings.CheckList(listenAddress, server.Addresses.ToImmutableArray().Select(address => address.ToString()), [listenAddress.Text]);
        }

        bool isProxyHealthy = true;
        foreach (CaseNode step in steps.Items)
        {
            step.Skip("step");
            isProxyHealthy = step.Find("proxyHealthy")?.Boolean ?? isProxyHealthy;
            if (step.Find("services") is { } services)
            {
                server.SyncServices(services.Entries.ToDictionary(entry => NamespacedName.Parse(entry.Key), entry => (ushort)entry.Value.Int));
            }

            if (step.Find("endpoints") is { } endpoints)
            {
                server.SyncEndpoints(endpoints.Entries.ToDictionary(entry => NamespacedName.Parse(entry.Key), entry => entry.Value.Int));
            }

            if (step.Find("listening") is { } listening)
            {
                findings.CheckList(listening, server.Ports.Select(port => port.ToString(CultureInfo.InvariantCulture)), listening.Items.Select(port => port.Scalar));
            }

            foreach (CaseNode response in step.Find("responses")?.Items ?? [])
            {
                CheckResponse(response, server, isProxyHealthy, findings);
            }
        }
    }

    private static void CheckResponse(CaseNode response, ServiceHealthServer server, bool isProxyHealthy, Findings findings)
    {
        NamespacedName service = NamespacedName.Parse(response["service"].Text);
        HealthAnswer[] answers = [.. server.Ports.Select(port => server.Answer(port, isProxyHealthy)!)
            .Where(answer => IsAbout(answer, service))];
        if (answers is not [var answer])
        {
            findings.Add(response, "expected an answer, but nobody listens for that Service");
            return;
        }

        using JsonDocument body = JsonDocument.Parse(answer.Body);
        findings.Check(response, answer.StatusCode, response["status"].Int, "status");
        findings.Check(response, body.RootElement.GetProperty("localEndpoints").GetInt32(), response["localEndpoints"].Int, "localEndpoints");
        findings.Check(response, body.RootElement.GetProperty("serviceProxyHealthy").GetBoolean(), response["serviceProxyHealthy"].Boolean, "serviceProxyHealthy");
        findings.CheckList(response, answer.Headers.ToImmutableArray().Select(header => $"{header.Name}: {header.Value}"),
            ["Content-Type: application/json", "X-Content-Type-Options: nosniff", "X-Load-Balancing-Endpoint-Weight: " + response["weightHeader"].Text]);
    }

    private static bool IsAbout(HealthAnswer answer, NamespacedName service)
    {
        using JsonDocument body = JsonDocument.Parse(answer.Body);
        JsonElement named = body.RootElement.GetProperty("service");
        return named.GetProperty("namespace").GetString() == service.Namespace && named.GetProperty("name").GetString() == service.Name;
    }

    private static void CheckProxyHealth(CaseNode node, CaseNode steps, Findings findings)
    {
        string path = node["path"].Text;
        bool isHealthz = path == "/healthz" || (path == "/livez" ? false : throw node["path"].Wrong("is no path of kube-proxy's health server"));
        var server = new ProxyHealthServer(Durations.Read(node["healthTimeout"]));
        server.SyncNode(new Node());
        DateTimeOffset? lastSync = null;
        foreach (CaseNode step in steps.Items)
        {
            step.Skip("step");
            DateTimeOffset now = Start.AddSeconds(step["at"].Int);
            foreach (CaseNode change in step.Find("events")?.Items ?? [])
            {
                lastSync = Feed(server, change, now) ?? lastSync;
            }

            if (step.Find("node") is { } changed)
            {
                server.SyncNode(changed.IsNull ? null : NodeOf(changed));
            }

            CheckAnswer(step, isHealthz ? server.Healthz(now) : server.Livez(now), isHealthz, now, lastSync, findings);
        }
    }

    /// <summary>For example <c>queued IPv4 at 25</c>; without a time, now. Gives the time of a sync.</summary>
    private static DateTimeOffset? Feed(ProxyHealthServer server, CaseNode change, DateTimeOffset now)
    {
        string[] words = change.Text.Split(' ');
        DateTimeOffset time = words switch
        {
            [_, _] => now,
            [_, _, "at", var seconds] => Start.AddSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)),
            _ => throw change.Wrong("should be like 'queued IPv4 at 25'"),
        };
        string family = Families.Contains(words[1], StringComparer.Ordinal) ? words[1] : throw change.Wrong("names no address family");
        switch (words[0])
        {
            case "queued":
                server.Queued(family, time);
                return null;
            case "synced":
                server.Updated(family, time);
                return time;
            default:
                throw change.Wrong("should begin with queued or synced");
        }
    }

    private static Node NodeOf(CaseNode node) => new()
    {
        Metadata = new ObjectMeta { Name = "test-node", DeletionTimestamp = node.Find("deletionTimestamp")?.Boolean == true ? Start : null },
        Spec = new NodeSpec { Taints = [.. node.Texts("taints").Select(key => new Taint { Key = key, Effect = "NoSchedule" })] },
    };

    private static void CheckAnswer(CaseNode step, HealthAnswer answer, bool isHealthz, DateTimeOffset now, DateTimeOffset? lastSync, Findings findings)
    {
        using JsonDocument document = JsonDocument.Parse(answer.Body);
        JsonElement body = document.RootElement;
        DateTimeOffset lastUpdated = body.GetProperty("lastUpdated").GetDateTimeOffset();
        findings.Check(step, answer.StatusCode, step["status"].Int, "status");
        findings.Check(step, body.GetProperty("currentTime").GetDateTimeOffset(), now, "currentTime");
        findings.Check(step, body.GetProperty("healthy").GetBoolean(), step["healthy"].Boolean, "healthy");
        findings.Check(step, body.TryGetProperty("nodeEligible", out JsonElement eligible), isHealthz, "has nodeEligible");
        if (step.Find("nodeEligible") is { IsNull: false } isEligible)
        {
            findings.Check(isEligible, isHealthz && eligible.GetBoolean(), isEligible.Boolean);
        }

        foreach (string family in Families)
        {
            if (step.Find(family) is { } expected)
            {
                // A family that has never synced is not listed, and not unhealthy.
                bool isListed = body.TryGetProperty("status", out JsonElement all) & all.ValueKind == JsonValueKind.Object && all.TryGetProperty(family, out _);
                findings.Check(expected, !isListed || all.GetProperty(family).GetProperty("healthy").GetBoolean(), expected.Boolean);
            }
        }

        if (step.Find("lastUpdatedIsNow") is { } isNow)
        {
            // Otherwise it is the latest sync of any family, which may be at this very time.
            findings.Check(isNow, lastUpdated, isNow.Boolean ? now : lastSync ?? DateTimeOffset.MinValue);
        }

        if (step.Find("lastUpdatedAt") is { } at)
        {
            findings.Check(at, lastUpdated, Start.AddSeconds(at.Int));
        }
    }
}
