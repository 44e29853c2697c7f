using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Kubelet;
using KubeSim.Tracing;

namespace KubeSim.Tests.Kubelet;

public sealed class PodTerminationTests
{
    private static readonly NamespacedName Web = new("default", "web");

    [Test]
    public void A_deleted_pod_whose_program_ends_at_once_is_gone_at_once_and_so_is_its_address()
    {
        var node = new TestNode();
        KubeletAgent kubelet = node.Kubelet();
        node.Run("web");
        PodAttachment attachment = kubelet.AttachmentOf(Web)!;

        node.Delete("web");

        node.Pod("web").Should().BeNull();
        attachment.IsAttached.Should().BeFalse();
        node.Run("client");
        node.Network.Open(kubelet.AttachmentOf(new("default", "client"))!.Sender, IpPort.Parse("10.244.1.2:80"), TransportProtocol.Tcp).Outcome.Should().NotBe(ConnectionOutcome.Established);
    }

    [Test]
    public void A_terminating_pod_stays_ready_and_attached_until_its_program_ends()
    {
        var node = new TestNode();
        KubeletAgent kubelet = node.Kubelet(terminationDelay: 5);
        node.Run("web");
        node.Delete("web");

        node.Advance(4.9);
        node.Pod("web")!.Metadata.DeletionTimestamp.Should().NotBeNull();
        PodReadiness.IsReady(node.Pod("web")!).Should().BeTrue();
        kubelet.AttachmentOf(Web)!.IsAttached.Should().BeTrue();

        node.Advance(0.1);
        node.Pod("web").Should().BeNull();
        kubelet.AttachmentOf(Web).Should().BeNull();
    }

    [Test]
    public void A_program_that_does_not_end_is_killed_when_its_grace_period_is_over()
    {
        var node = new TestNode();
        node.Kubelet(terminationDelay: 3_600);
        node.Run("web");
        node.Delete("web");

        node.Advance(29.9);
        node.Pod("web").Should().NotBeNull();
        node.Advance(0.1);
        node.Pod("web").Should().BeNull();
    }

    [Test]
    public void A_second_deletion_with_less_grace_ends_it_sooner()
    {
        var node = new TestNode();
        node.Kubelet(terminationDelay: 3_600);
        node.Run("web");
        node.Delete("web");
        node.Advance(10);

        node.Delete("web", grace: 3);
        node.Advance(3);

        node.Pod("web").Should().BeNull();
    }

    [TestCase(5, 0, 30, 5, TestName = "A_preStop_sleep_comes_before_SIGTERM")]
    [TestCase(5, 3, 30, 8, TestName = "After_the_preStop_sleep_the_program_takes_its_time")]
    [TestCase(60, 3, 30, 32, TestName = "A_preStop_sleep_is_cut_off_by_the_grace_period_and_the_program_has_two_seconds")]
    [TestCase(25, 60, 30, 30, TestName = "The_hook_counts_against_the_grace_period")]
    [TestCase(0, 60, 30, 30, TestName = "Without_a_hook_the_whole_grace_period_is_the_programs")]
    public void Stop_times(int sleep, int delay, int grace, int stops)
    {
        JsonValue hook = JsonValue.OfObject([new("sleep", JsonValue.OfObject([new("seconds", JsonValue.OfNumber(sleep))]))]);
        PodTermination.StopsAfter(Terminating(hook, grace), TimeSpan.FromSeconds(delay)).Should().Be(TimeSpan.FromSeconds(stops));
    }

    [Test]
    public void A_preStop_command_that_sleeps_counts_like_a_sleep()
    {
        JsonValue hook = JsonValue.OfObject([new("exec", JsonValue.OfObject([new("command", JsonValue.OfList(
            [JsonValue.OfText("/bin/sh"), JsonValue.OfText("-c"), JsonValue.OfText("sleep 15")]))]))]);
        PodTermination.StopsAfter(Terminating(hook, 30), TimeSpan.Zero).Should().Be(TimeSpan.FromSeconds(15));
    }

    [Test]
    public void A_pod_that_vanishes_without_notice_is_detached()
    {
        var node = new TestNode();
        KubeletAgent kubelet = node.Kubelet(terminationDelay: 20);
        node.Run("web");
        PodAttachment attachment = kubelet.AttachmentOf(Web)!;

        node.Delete("web", grace: 0);

        attachment.IsAttached.Should().BeFalse();
        node.Run("next");
        kubelet.AttachmentOf(Web).Should().BeNull();
    }

    [Test]
    public void A_pod_of_the_same_name_is_another_pod()
    {
        var node = new TestNode();
        KubeletAgent kubelet = node.Kubelet();
        node.Run("web");
        PodAttachment old = kubelet.AttachmentOf(Web)!;

        node.Api.Delete<Pod>(Web, new DeleteOptions { GracePeriodSeconds = 0 });
        Pod pod = node.Run("web");

        old.IsAttached.Should().BeFalse();
        pod.Status.PodIP.Should().Be("10.244.1.3", "host-local goes on to the next address");
        kubelet.AttachmentOf(Web)!.Addresses.Single().ToString().Should().Be("10.244.1.3");
    }

    [Test]
    public void A_pod_that_a_finalizer_holds_says_that_its_containers_have_ended()
    {
        var node = new TestNode();
        KubeletAgent kubelet = node.Kubelet();
        node.Run("web", pod => pod with { Metadata = pod.Metadata with { Finalizers = ["example.com/hold"] } });

        node.Delete("web");

        Pod held = node.Pod("web")!;
        held.Status.Phase.Should().Be(PodPhase.Succeeded);
        held.Status.Conditions.Single(condition => condition.Type == "Ready").Should().Match<Condition>(c => c.Status == "False" && c.Reason == "PodCompleted");
        kubelet.AttachmentOf(Web).Should().BeNull();

        node.Api.Replace(held with { Metadata = held.Metadata with { Finalizers = [] } });
        node.Queue.RunDue();
        node.Pod("web").Should().BeNull();
    }

    [Test]
    public void A_pod_that_has_ended_by_itself_leaves_the_network_and_keeps_its_object()
    {
        var node = new TestNode("10.244.1.0/30");
        KubeletAgent kubelet = node.Kubelet();
        Pod pod = node.Run("job");

        node.Api.ReplaceStatus(pod with { Status = pod.Status with { Phase = PodPhase.Succeeded } });
        node.Queue.RunDue();

        kubelet.AttachmentOf(new("default", "job")).Should().BeNull();
        node.Pod("job")!.Status.PodIP.Should().Be("10.244.1.2");
        node.Run("next").Status.PodIP.Should().Be("10.244.1.2");
    }

    private static Pod Terminating(JsonValue hook, int grace) => new()
    {
        Metadata = new() { Name = "web", DeletionTimestamp = DateTimeOffset.UnixEpoch, DeletionGracePeriodSeconds = grace },
        Spec = new() { Containers = [new() { Name = "app", Carried = new([new("lifecycle", JsonValue.OfObject([new("preStop", hook)]))]) }] },
    };
}
