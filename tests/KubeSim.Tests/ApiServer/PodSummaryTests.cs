using KubeSim.Api;
using KubeSim.ApiServer.Printing;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class PodSummaryTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [TestCase("Pending", "", 0, "0/1 Pending 0")]
    [TestCase("Running", """{"running":{}}""", 0, "1/1 Running 0")]
    [TestCase("Running", "null", 0, "1/1 Running 0")]
    [TestCase("Pending", """{"waiting":{"reason":"ContainerCreating"}}""", 0, "0/1 ContainerCreating 0")]
    [TestCase("Running", """{"waiting":{"reason":"CrashLoopBackOff"}}""", 7, "0/1 CrashLoopBackOff 7")]
    [TestCase("Succeeded", """{"terminated":{"exitCode":0,"reason":"Completed"}}""", 0, "0/1 Completed 0")]
    [TestCase("Failed", """{"terminated":{"exitCode":137,"signal":9}}""", 0, "0/1 Signal:9 0")]
    [TestCase("Failed", """{"terminated":{"exitCode":3}}""", 0, "0/1 ExitCode:3 0")]
    public void The_container_decides(string phase, string state, int restarts, string line)
    {
        Pod pod = Pod(phase, state.Length == 0 ? [] : [Container(state, restarts)]);

        Line(pod).Should().Be(line);
    }

    [Test]
    public void The_last_restart_is_told()
    {
        ContainerStatus container = Container("""{"running":{}}""", 5);
        JsonValue ended = Json("""{"terminated":{"finishedAt":"2025-12-31T23:57:50Z"}}""");

        Line(Pod("Running", container with { Carried = new CarriedFields([.. container.Carried.Fields, new("lastState", ended)]) })).Should().Be("1/1 Running 5 (2m10s ago)");
    }

    [Test]
    public void Waiting_for_init_containers_is_told()
    {
        Pod pod = Pod("Pending") with { Spec = new PodSpec { Containers = [new Container { Name = "c" }], InitContainers = [new Container { Name = "i" }, new Container { Name = "j" }] } };

        Line(With(pod, """[{"name":"i","state":{"terminated":{"exitCode":0}}},{"name":"j","state":{"running":{}}}]""")).Should().Be("0/1 Init:1/2 0");
        Line(With(pod, """[{"name":"i","restartCount":2,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]""")).Should().Be("0/1 Init:CrashLoopBackOff 2");
        Line(With(pod, """[{"name":"i","state":{"terminated":{"exitCode":1}}}]""")).Should().Be("0/1 Init:ExitCode:1 0");

        static Pod With(Pod pod, string statuses) => pod with { Status = pod.Status with { Carried = new CarriedFields([new("initContainerStatuses", Json(statuses))]) } };
    }

    [TestCase("Running", null, "Terminating")]
    [TestCase("Running", "NodeLost", "Unknown")]
    [TestCase("Succeeded", null, "Succeeded")]
    public void Deletion_shows_while_the_pod_lives(string phase, string? reason, string status)
    {
        Pod pod = Pod(phase);
        pod = pod with { Metadata = pod.Metadata with { DeletionTimestamp = Now }, Status = pod.Status with { Reason = reason } };

        PodSummary.Of(pod).Status.Should().Be(status);
    }

    [Test]
    public void Wide_pods_show_where_they_are()
    {
        Pod pod = Pod("Running") with { Spec = new PodSpec { NodeName = "n1", ReadinessGates = [new PodReadinessGate { ConditionType = "a/b" }] } };
        pod = pod with { Status = pod.Status with { PodIP = "10.244.1.2", Conditions = [new Condition { Type = "a/b", Status = "True" }] } };

        PrintedTable.Of(ResourceType.Pod, [pod], Now).Rows[0].Cells.Skip(5).Should().Equal("10.244.1.2", "n1", "<none>", "1/1");
    }

    [TestCase(-5, "<invalid>")]
    [TestCase(-1, "0s")]
    [TestCase(0, "0s")]
    [TestCase(119, "119s")]
    [TestCase(121, "2m1s")]
    [TestCase(180, "3m")]
    [TestCase(599, "9m59s")]
    [TestCase(601, "10m")]
    [TestCase(7200, "120m")]
    [TestCase(10859, "3h")]
    [TestCase(10860, "3h1m")]
    [TestCase(28800, "8h")]
    [TestCase(172800, "2d")]
    [TestCase(176400, "2d1h")]
    [TestCase(691201, "8d")]
    [TestCase(31622400, "366d")]
    [TestCase(63072000, "2y")]
    [TestCase(63158400, "2y1d")]
    [TestCase(315360000, "10y")]
    public void The_older_the_coarser(long seconds, string text) => HumanDuration.Of(TimeSpan.FromSeconds(seconds)).Should().Be(text);

    private static string Line(Pod pod) => string.Join(' ', PrintedTable.Of(ResourceType.Pod, [pod], Now).Rows[0].Cells.Skip(1).Take(3));

    private static Pod Pod(string phase, params ContainerStatus[] containers) => new()
    {
        Metadata = new ObjectMeta { Name = "p", Namespace = "default" },
        Spec = new PodSpec { Containers = [new Container { Name = "c" }] },
        Status = new PodStatus { Phase = phase, ContainerStatuses = [.. containers] },
    };

    private static ContainerStatus Container(string state, int restarts) => new()
    {
        Name = "c",
        Ready = state is "null" || state.Contains("running"),
        RestartCount = restarts,
        Carried = state is "null" ? default : new CarriedFields([new("state", Json(state))]),
    };

    private static JsonValue Json(string text)
    {
        using var document = System.Text.Json.JsonDocument.Parse(text);
        return Value(document.RootElement);

        static JsonValue Value(System.Text.Json.JsonElement element) => element.ValueKind switch
        {
            System.Text.Json.JsonValueKind.Object => JsonValue.OfObject([.. element.EnumerateObject().Select(field => new JsonField(field.Name, Value(field.Value)))]),
            System.Text.Json.JsonValueKind.Array => JsonValue.OfList([.. element.EnumerateArray().Select(Value)]),
            System.Text.Json.JsonValueKind.Number => JsonValue.OfNumber(element.GetInt64()),
            _ => JsonValue.OfText(element.GetString()!),
        };
    }
}
