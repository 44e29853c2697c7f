using CsCheck;
using KubeSim.Api;

namespace KubeSim.Tests.Controllers;

/// <summary>Whatever is done to Deployments, in the end there is what was asked for, also where the controllers were restarted in between.</summary>
[TestFixture]
public sealed class ConvergenceTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    private static readonly Gen<(int Kind, int Name, int Number)> Step = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 2], Gen.Int[0, 12]);

    [TestCase(0.0)]
    [TestCase(0.7)]
    public void Any_sequence_of_changes_converges(double watchDelaySeconds) =>
        Step.Array[1, 25].Sample(steps => Converges(steps, watchDelaySeconds), iter: 60, seed: "0000KOIPe036");

    [Test]
    public void Controllers_that_start_late_find_everything()
    {
        using var plane = new TestControlPlane(isRunning: false);
        plane.Api.Create(TestControlPlane.Deployment("a", 3));
        plane.Api.Create(TestControlPlane.ReplicaSet("b", 2));
        plane.Settle();
        plane.Pods.Should().BeEmpty();

        plane.Start();
        plane.Settle();

        plane.Pods.Should().HaveCount(5).And.OnlyContain(pod => pod.Status.Phase == PodPhase.Running);
    }

    [Test]
    public void The_same_changes_make_the_same_run()
    {
        string[] runs = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            using var plane = new TestControlPlane(nodes: 5, startSeconds: 2, stopSeconds: 3, watchDelaySeconds: 0.1);
            plane.Api.Create(TestControlPlane.Deployment("a", 20));
            plane.Advance(5);
            plane.Change("a", spec => spec with { Replicas = 12, Template = TestControlPlane.Template("a", "app:2") });
            plane.Advance(100);
            return plane.Server.Log.Fingerprint();
        })];

        runs[0].Should().Be(runs[1]);
    }

    private static bool Converges((int Kind, int Name, int Number)[] steps, double watchDelaySeconds)
    {
        using var plane = new TestControlPlane(nodes: 3, startSeconds: 2, stopSeconds: 3, watchDelaySeconds: watchDelaySeconds);
        foreach ((int kind, int name, int number) in steps)
        {
            Do(plane, kind, Names[name], number);
            plane.Advance(number % 4);
        }

        plane.Server.Queue.RunUntilIdle(1_000_000);
        IReadOnlyList<Deployment> deployments = plane.Api.List<Deployment>();
        plane.Pods.Count.Should().Be(deployments.Sum(deployment => deployment.Spec.Replicas ?? 1));
        foreach (Deployment deployment in deployments)
        {
            Pod[] pods = [.. plane.Pods.Where(pod => pod.Metadata.Labels["app"] == deployment.Metadata.Name)];
            pods.Should().HaveCount(deployment.Spec.Replicas!.Value).And.NotContain(pod =>
                pod.Status.Phase != PodPhase.Running || pod.Spec.Containers[0].Image != deployment.Spec.Template.Spec.Containers[0].Image);
            deployment.Status.Should().Match<DeploymentStatus>(status =>
                (status.AvailableReplicas ?? 0) == pods.Length && status.UnavailableReplicas == null && status.ObservedGeneration == deployment.Metadata.Generation);
        }

        HashSet<string> sets = [.. plane.Api.List<ReplicaSet>().Select(set => set.Metadata.Uid!)];
        plane.Pods.Should().NotContain(pod => pod.Metadata.OwnerReferences.IsEmpty || !pod.Metadata.OwnerReferences.All(owner => sets.Contains(owner.Uid)));
        return true;
    }

    private static void Do(TestControlPlane plane, int kind, string name, int number)
    {
        bool exists = plane.Api.Find<Deployment>(new("default", name)) is { Metadata.DeletionTimestamp: null };
        switch (kind)
        {
            case 0 when !exists && plane.Api.Find<Deployment>(new("default", name)) is null:
                plane.Api.Create(TestControlPlane.Deployment(name, number));
                break;
            case 1 when exists:
                plane.Change(name, spec => spec with { Replicas = number });
                break;
            case 2 when exists:
                plane.Change(name, spec => spec with { Template = TestControlPlane.Template(name, $"app:{number % 3}") });
                break;
            case 3 when exists:
                plane.Api.Delete<Deployment>(new("default", name), new DeleteOptions { PropagationPolicy = number % 2 == 0 ? "Foreground" : "Background" });
                break;
            case 4 when plane.Pods.Count > 0:
                plane.Api.Delete<Pod>(plane.Pods[number % plane.Pods.Count].Name);
                break;
            case 5 when exists:
                plane.Change(name, spec => spec with { Strategy = new() { Type = number % 2 == 0 ? "Recreate" : "RollingUpdate" } });
                break;
            case 6:
                plane.Stop();
                plane.Start();
                break;
            case 7 when plane.Api.List<ReplicaSet>() is { Count: > 0 } sets:
                plane.Api.Delete<ReplicaSet>(sets[number % sets.Count].Name);
                break;
        }
    }
}
