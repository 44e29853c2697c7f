using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Kubelet;

namespace KubeSim.Tests.Kubelet;

public sealed class PodCidrAllocatorTests
{
    [Test]
    public void The_first_node_gets_the_second_block()
    {
        PodCidrAllocator allocator = Allocator("10.244.0.0/16");

        allocator.Allocate().Should().Equal(Cidr.Parse("10.244.1.0/24"));
        allocator.Allocate().Should().Equal(Cidr.Parse("10.244.2.0/24"));
    }

    [Test]
    public void A_dual_stack_node_gets_a_block_of_each_family()
    {
        PodCidrAllocator allocator = Allocator("10.244.0.0/16", "fd00:10:244::/48");

        allocator.Allocate();
        allocator.Allocate().Should().Equal(Cidr.Parse("10.244.2.0/24"), Cidr.Parse("fd00:10:244:2::/64"));
    }

    [Test]
    public void A_block_that_came_back_is_given_when_there_is_no_other()
    {
        PodCidrAllocator allocator = Allocator("10.244.0.0/22");
        EquatableArray<Cidr> first = allocator.Allocate();
        allocator.Release(first);

        allocator.Allocate().Should().Equal(Cidr.Parse("10.244.2.0/24"));
        allocator.Allocate().Should().Equal(Cidr.Parse("10.244.3.0/24"));
        allocator.Allocate().Should().Equal(first);
        allocator.Invoking(it => it.Allocate()).Should().Throw<InvalidOperationException>().WithMessage("*10.244.0.0/22*3 blocks*ClusterOptions.PodCidr*");
    }

    [Test]
    public void Blocks_never_overlap_and_lie_in_the_cluster()
    {
        PodCidrAllocator allocator = Allocator("10.244.0.0/16");
        List<Cidr> blocks = [.. Enumerable.Range(0, 255).Select(_ => allocator.Allocate()[0])];

        blocks.Should().OnlyHaveUniqueItems().And.OnlyContain(block => Cidr.Parse("10.244.0.0/16").Contains(block.First) && block.PrefixLength == 24);
    }

    [Test]
    public void A_cluster_without_room_for_a_node_is_refused() =>
        FluentActions.Invoking(() => Allocator("10.244.0.0/24")).Should().Throw<ArgumentException>().WithMessage("*10.244.0.0/24*ClusterOptions.PodCidr*");

    private static PodCidrAllocator Allocator(params string[] blocks) => new(blocks.Select(Cidr.Parse).ToEquatableArray());
}
