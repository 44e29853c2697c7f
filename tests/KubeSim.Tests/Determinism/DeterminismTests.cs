using KubeSim.Simulation;

namespace KubeSim.Tests.Determinism;

public sealed class DeterminismTests
{
    private static IEnumerable<string> Names() => Scenarios.All.Keys;

    [TestCaseSource(nameof(Names))]
    public void The_same_seed_gives_the_same_run(string scenario)
    {
        for (ulong seed = 1; seed <= 5; seed++)
            Scenarios.All[scenario](seed).Should().Be(Scenarios.All[scenario](seed), "seed {0} replays '{1}'", seed, scenario);
    }

    [TestCaseSource(nameof(Names))]
    public void Another_seed_gives_another_run(string scenario) =>
        Scenarios.All[scenario](1).Should().NotBe(Scenarios.All[scenario](2));

    [Test]
    public void Another_process_in_another_culture_and_time_zone_gives_the_same_run()
    {
        string[] lines = ChildProcess.Run("tr_TR", "Asia/Kathmandu", "1", "2").Split('\n', 2);

        lines[0].Should().Be("tr-TR Asia/Kathmandu", "else nothing is tried");
        lines[1].Should().Be(ChildProgram.Runs([1, 2]));
    }

    [Test]
    public void Watching_does_not_change_the_run()
    {
        static string Run(bool isWatched)
        {
            using var cluster = Cluster.Create(nodes: 2);
            using IDisposable? subscription = isWatched ? cluster.Events.Subscribe(static _ => { }) : null;
            PodHandle client = cluster.RunPod("client");
            cluster.RunPod("web", port: 80);
            cluster.Expose("pod/web");
            client.ConnectMany("web:80", 20);
            return cluster.Fingerprint();
        }

        Run(isWatched: true).Should().Be(Run(isWatched: false));
    }

    [Test]
    public void A_dry_run_does_not_change_the_run()
    {
        static string Run(bool isTraced)
        {
            using var cluster = Cluster.Create(nodes: 2);
            PodHandle client = cluster.RunPod("client");
            cluster.RunPod("web", port: 80, labels: "app=web");
            cluster.RunPod("web-2", port: 80, labels: "app=web");
            cluster.Expose("pod/web");
            if (isTraced) client.Trace("web:80");
            return string.Join(' ', Enumerable.Range(0, 20).Select(_ => client.Connect("web:80").ServedBy)) + cluster.Fingerprint();
        }

        Run(isTraced: true).Should().Be(Run(isTraced: false));
    }

    [Test]
    public void The_order_in_which_independent_objects_come_does_not_change_who_is_reached()
    {
        string first = Routing(1);

        for (ulong order = 2; order <= 8; order++) Routing(order).Should().Be(first, "order {0}", order);
    }

    /// <summary>Pods on given nodes and Services over them, created in an order that is drawn; then who answers on each name, from each node.</summary>
    private static string Routing(ulong order)
    {
        using var cluster = Cluster.Create(nodes: 3);
        var steps = new List<Action>();
        for (int i = 0; i < 9; i++)
        {
            (string name, string node, string app) = ($"pod-{i}", $"node-{(i % 3) + 1}", $"app={"abc"[i / 3]}");
            steps.Add(() => cluster.RunPod(name, node, port: 8080, labels: app));
        }

        foreach (char app in "abc")
        {
            steps.Add(() => cluster.Apply($$"""
                apiVersion: v1
                kind: Service
                metadata: { name: {{app}} }
                spec: { type: NodePort, internalTrafficPolicy: {{(app == 'a' ? "Local" : "Cluster")}}, selector: { app: {{app}} }, ports: [ { port: 80, targetPort: 8080 } ] }
                """));
        }

        var random = new DeterministicRandom(order);
        while (steps.Count > 0)
        {
            int next = random.NextInt32(steps.Count);
            steps[next]();
            steps.RemoveAt(next);
        }

        return string.Join('\n', Enumerable.Range(0, 9).SelectMany(pod => "abc".Select(app =>
            $"pod-{pod} {app}: {string.Join(' ', cluster.Pod($"default/pod-{pod}").ConnectMany($"{app}:80", 60).PerEndpoint.Select(share => share.Pod).Order(StringComparer.Ordinal))}")));
    }
}
