using KubeSim.Api;
using KubeSim.Controllers.EndpointSlices;
using static KubeSim.Tests.Controllers.EndpointSlices.EndpointObjects;

namespace KubeSim.Tests.Controllers.EndpointSlices;

/// <summary>Where endpoints go when a slice holds at most five.</summary>
[TestFixture]
public sealed class SlicePackingTests
{
    private const int Most = 5;
    private static readonly Node Node1 = Node("node-1");

    private readonly SortedDictionary<string, Pod> _pods = new(StringComparer.Ordinal);
    private List<EndpointSlice> _slices = [];

    [SetUp]
    public void SetUp()
    {
        _pods.Clear();
        _slices = [];
    }

    [TestCase(1, "1")]
    [TestCase(5, "5")]
    [TestCase(6, "5 1")]
    [TestCase(14, "5 5 4")]
    public void Pods_from_scratch_fill_slices(int pods, string sizes)
    {
        Add(pods);

        Reconcile().Should().Be($"{sizes.Split(' ').Length} created, 0 updated, 0 deleted");
        Sizes().Should().Be(sizes);
    }

    [Test]
    public void A_newcomer_goes_into_the_fullest_slice_with_room()
    {
        Slices(2, 4, 5);
        Add(1);

        Reconcile().Should().Be("0 created, 1 updated, 0 deleted");
        Sizes().Should().Be("2 5 5");
    }

    [Test]
    public void Newcomers_are_not_split_over_untouched_slices()
    {
        Slices(3, 3);
        Add(4);

        Reconcile().Should().Be("1 created, 0 updated, 0 deleted");
        Sizes().Should().Be("3 3 4");
    }

    [Test]
    public void Newcomers_fill_slices_that_are_written_anyway()
    {
        Slices(4, 4, 5);
        Remove(0);
        Add(2);

        Reconcile().Should().Be("0 created, 1 updated, 0 deleted");
        Sizes().Should().Be("5 4 5");
    }

    [Test]
    public void A_slice_that_loses_its_last_endpoint_goes()
    {
        Slices(1, 5);
        Remove(0);

        Reconcile().Should().Be("0 created, 0 updated, 1 deleted");
        Sizes().Should().Be("5");
    }

    [Test]
    public void Half_empty_slices_are_not_merged()
    {
        Slices(5, 5);
        Remove(0, 1, 2, 5, 6, 7);

        Reconcile().Should().Be("0 created, 2 updated, 0 deleted");
        Sizes().Should().Be("2 2");
    }

    [Test]
    public void New_ports_reuse_the_names_of_old_slices()
    {
        Slices(5, 5, 2);
        string[] names = [.. _slices.Select(slice => slice.Metadata.Name)];

        Reconcile(targetPort: 9090).Should().Be("0 created, 3 updated, 0 deleted");
        _slices.Select(slice => slice.Metadata.Name).Should().BeEquivalentTo(names);
        _slices.Should().OnlyContain(slice => slice.Ports[0].Port == 9090);
    }

    private void Slices(params int[] sizes)
    {
        int first = 0;
        foreach (int size in sizes)
        {
            Endpoint[] endpoints = [.. Enumerable.Range(first, size).Select(number => Endpoint(number))];
            EndpointSlice slice = new SliceTemplate(Service()).New("IPv4", new TargetPorts(Service().Spec.Ports).Of(Pod("any", "10.0.0.1")), [.. endpoints]);
            _slices.Add(slice with { Metadata = slice.Metadata with { Name = $"web-{_slices.Count:d3}" } });
            first += size;
        }
    }

    private Endpoint Endpoint(int number)
    {
        Pod pod = Pod($"web-{number:d3}", Ip(number));
        _pods[pod.Metadata.Name] = pod;
        return PodEndpoint.Of(Service(), pod, null, "IPv4")!;
    }

    private void Add(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Endpoint(500 + i);
        }
    }

    private void Remove(params int[] numbers) => Array.ForEach(numbers, number => _pods.Remove($"web-{number:d3}"));

    private string Reconcile(int targetPort = 8080)
    {
        SliceChanges changes = new EndpointSliceReconciler(Service(targetPort: targetPort), _ => Node1, Most).Reconcile([.. _pods.Values], _slices);
        foreach (EndpointSlice update in changes.Updates)
        {
            _slices[_slices.FindIndex(slice => slice.Metadata.Name == update.Metadata.Name)] = update;
        }

        _slices.RemoveAll(changes.Deletes.Contains);
        _slices.AddRange(changes.Creates);
        return $"{changes.Creates.Count} created, {changes.Updates.Count} updated, {changes.Deletes.Count} deleted";
    }

    private string Sizes() => string.Join(' ', _slices.Select(slice => slice.Endpoints.Length));
}
