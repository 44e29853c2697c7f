using KubeSim.Api;
using KubeSim.Controllers.Deployments;

namespace KubeSim.Tests.Controllers;

/// <summary>Sizes step by step, as the real controller takes them; after each step the Pods that can become available do.</summary>
[TestFixture]
public sealed class RollingUpdateTests
{
    [TestCase(10, "25%", "25%", true, "0/10 3/10 3/8 5/8 5/3 10/3 10/0")]
    [TestCase(10, "25%", "25%", false, "0/10 3/10 3/8 5/8", TestName = "Pods that never become available stop a rollout while enough old ones are left")]
    [TestCase(3, "25%", "25%", true, "0/3 1/3 1/2 2/2 2/1 3/1 3/0")]
    [TestCase(3, "0", "1", true, "0/3 0/2 1/2 1/1 2/1 2/0 3/0")]
    [TestCase(3, "0", "100%", true, "0/3 0/0 3/0")]
    [TestCase(1, "0", "1", false, "0/1 0/0 1/0")]
    public void A_rollout_moves_one_step_at_a_time(int replicas, string surge, string unavailable, bool becomesAvailable, string sizes)
    {
        Deployment deployment = TestControlPlane.Deployment("web", replicas);
        deployment = deployment with { Spec = deployment.Spec with { Strategy = RolloutLimitsTests.Rolling(surge, unavailable) } };
        var rollout = new Rollout(deployment, [Set("new", 0, 0, "app:1"), Set("old", replicas, replicas, "app:0")]);
        var seen = new List<string> { Sizes(rollout) };
        while (true)
        {
            if (RollingUpdate.Step(rollout))
            {
                seen.Add(Sizes(rollout));
                rollout = new Rollout(deployment, rollout.All.Select(set => Settled(set, becomesMore: false)));
            }
            else if (becomesAvailable && rollout.New!.Status.AvailableReplicas < rollout.New.Spec.Replicas)
            {
                rollout = new Rollout(deployment, rollout.All.Select(set => Settled(set, becomesMore: true)));
            }
            else
            {
                break;
            }
        }

        string.Join(' ', seen).Should().Be(sizes);
    }

    [Test]
    public void Unhealthy_old_pods_go_before_healthy_ones()
    {
        var rollout = new Rollout(TestControlPlane.Deployment("web", 10), [Set("new", 3, 0, "app:1"), Set("old", 10, 6, "app:0")]);

        RollingUpdate.Step(rollout).Should().BeTrue();

        Sizes(rollout).Should().Be("3/8");
    }

    [TestCase(12, "5,5", "6,6")]
    [TestCase(20, "5,3,2", "10,6,4")]
    [TestCase(11, "5,5", "6,5")]
    [TestCase(13, "4,3,3", "5,4,4")]
    [TestCase(0, "5,5", "0,0")]
    public void Scaling_in_the_middle_of_a_rollout_keeps_the_shares(int replicas, string before, string after)
    {
        Deployment deployment = TestControlPlane.Deployment("web", replicas);
        deployment = deployment with { Spec = deployment.Spec with { Strategy = RolloutLimitsTests.Rolling("0", "1") } };
        int[] sizes = [.. before.Split(',').Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        var rollout = new Rollout(deployment, sizes.Select((size, age) => Scaled(Set($"web-{age}", size, 0, $"app:{1 - age}", age))));

        ProportionalScaling.IsDue(rollout).Should().BeTrue();
        ProportionalScaling.Scale(rollout);

        string.Join(',', rollout.All.OrderBy(set => set.Metadata.Name, StringComparer.Ordinal).Select(set => set.Spec.Replicas)).Should().Be(after);
        ProportionalScaling.IsDue(rollout).Should().BeFalse("it is done once");
    }

    private static ReplicaSet Scaled(ReplicaSet set) => ReplicaSetSizes.Scaled(set, set.Spec.Replicas!.Value, new RolloutLimits(10, 0, 1));

    private static ReplicaSet Set(string name, int size, int available, string image, int age = 0)
    {
        ReplicaSet set = TestControlPlane.ReplicaSet(name, size);
        return set with
        {
            Metadata = set.Metadata with { CreationTimestamp = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(-60 * age) },
            Spec = set.Spec with { Template = TestControlPlane.Template("web", image) },
            Status = new() { Replicas = size, AvailableReplicas = available },
        };
    }

    private static ReplicaSet Settled(ReplicaSet set, bool becomesMore) => set with
    {
        Status = set.Status with { AvailableReplicas = becomesMore ? set.Spec.Replicas : Math.Min(set.Status.AvailableReplicas!.Value, set.Spec.Replicas!.Value) },
    };

    private static string Sizes(Rollout rollout) => $"{rollout.New!.Spec.Replicas}/{rollout.Old.Single().Spec.Replicas}";
}
