using CsCheck;
using KubeSim.Api;
using KubeSim.ApiServer;
using static KubeSim.Tests.ApiServer.TestServer;

namespace KubeSim.Tests.ApiServer;

internal sealed class StorePropertyTests
{
    private static readonly string[] Places = ["default/a", "default/b", "default/c", "kube-public/a", "kube-system/z"];

    private enum Step
    {
        Create,
        Bind,
        Relabel,
        Ready,
        Delete,
        Kill,
        Own,
        Watch,
    }

    private static Gen<(Step Step, int Place, int Choice)[]> Runs =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, Places.Length - 1], Gen.Int[0, 2], (step, place, choice) => ((Step)step, place, choice)).Array[1, 60];

    [Test]
    public void A_list_and_the_changes_since_are_the_store() => Runs.Sample(run =>
    {
        var server = new TestServer();
        var watchers = new List<(ListOptions Options, SortedDictionary<NamespacedName, Pod> Seen)>();
        var ofNode = new SortedDictionary<NamespacedName, Pod>();
        server.Api.Subscribe<Pod>(change => Note(ofNode, change.Type, change.Object), new WatchScope { NodeName = "node-1" });
        foreach ((Step step, int place, int choice) in run)
        {
            if (step == Step.Watch)
            {
                ListOptions options = Options(choice);
                var seen = new SortedDictionary<NamespacedName, Pod>();
                server.Api.Watch<Pod>(options).Subscribe(change => Note(seen, change.Type, change.Object));
                watchers.Add((options, seen));
            }
            else
            {
                Try(server, step, NamespacedName.Parse(Places[place]), choice);
            }
        }

        foreach ((ListOptions options, SortedDictionary<NamespacedName, Pod> seen) in watchers)
        {
            seen.Values.Should().Equal(server.Api.List<Pod>(options));
        }

        ofNode.Values.Should().Equal(server.Api.PodsOnNode("node-1"));
        server.Api.OwnedBy<Pod>("owner").Should().Equal(server.Api.List<Pod>().Where(pod => !pod.Metadata.OwnerReferences.IsEmpty));
    });

    [Test]
    public void A_watch_that_goes_on_anywhere_sees_the_rest_of_the_same_changes() => Runs.Sample(run =>
    {
        var server = new TestServer();
        var all = new List<string>();
        server.Api.Watch<Pod>().Subscribe(change => all.Add(Text(change)));
        foreach ((Step step, int place, int choice) in run)
        {
            Try(server, step, NamespacedName.Parse(Places[place]), choice);
        }

        for (long version = 4; version <= server.Api.Version; version++)
        {
            var rest = new List<string>();
            server.Api.Watch<Pod>(new ListOptions { ResourceVersion = $"{version}" }).Subscribe(change => rest.Add(Text(change)));
            all.TakeLast(rest.Count).Should().Equal(rest);
            rest.All(text => long.Parse(text.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) > version).Should().BeTrue();
        }
    });

    [Test]
    public void The_same_seed_and_calls_give_the_same_run() => Runs.Sample(run => Fingerprint(run, 1).Should().Be(Fingerprint(run, 1)));

    private static string Fingerprint((Step Step, int Place, int Choice)[] run, ulong seed)
    {
        var server = new TestServer(seed);
        foreach ((Step step, int place, int choice) in run)
        {
            Try(server, step, NamespacedName.Parse(Places[place]), choice);
        }

        return $"{server.Log.Fingerprint()} {string.Join(' ', server.Api.List<Pod>().Select(pod => pod.Metadata.Uid))}";
    }

    private static ListOptions Options(int choice) => choice switch
    {
        0 => new ListOptions(),
        1 => new ListOptions { LabelSelector = "app in (0,1)", Namespace = "default" },
        _ => new ListOptions { FieldSelector = "spec.nodeName=node-1" },
    };

    /// <summary>What cannot be done is refused and changes nothing.</summary>
    private static void Try(TestServer server, Step step, NamespacedName name, int choice)
    {
        try
        {
            Pod? pod = server.Api.Find<Pod>(name);
            switch (step)
            {
                case Step.Create:
                    server.Api.Create(Pod(name.Name, choice == 0 ? "node-1" : null, name.Namespace, new Label("app", $"{choice}")));
                    break;
                case Step.Bind:
                    server.Api.Bind(name, $"node-{choice}");
                    break;
                case Step.Relabel when pod is not null:
                    server.Api.Replace(pod with { Metadata = pod.Metadata with { Labels = LabelSet.Of("app", $"{choice}") } });
                    break;
                case Step.Ready when pod is not null:
                    server.Api.ReplaceStatus(pod with { Status = pod.Status with { Message = $"{choice}" } });
                    break;
                case Step.Own when pod is not null:
                    OwnerReference owner = new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "r", Uid = "owner" };
                    server.Api.Replace(pod with { Metadata = pod.Metadata with { OwnerReferences = choice == 0 ? [] : [owner] } });
                    break;
                case Step.Delete:
                    server.Api.Delete<Pod>(name);
                    break;
                case Step.Kill:
                    server.Api.Delete<Pod>(name, new DeleteOptions { GracePeriodSeconds = 0 });
                    break;
                default:
                    break;
            }
        }
        catch (ApiException)
        {
        }
    }

    private static void Note(SortedDictionary<NamespacedName, Pod> seen, WatchEventType type, Pod pod)
    {
        bool isThere = seen.ContainsKey(pod.Name);
        isThere.Should().Be(type != WatchEventType.Added, "{0} of {1} must follow what was told before", type, pod.Name);
        if (type == WatchEventType.Deleted)
        {
            seen.Remove(pod.Name);
        }
        else
        {
            seen[pod.Name] = pod;
        }
    }

    private static string Text(WatchEvent<Pod> change) => $"{change.Object.Metadata.ResourceVersion} {change.Type} {change.Object.Name}";
}
