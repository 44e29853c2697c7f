using System.Globalization;
using FluentAssertions;
using KubeSim.Api;
using NUnit.Framework;
using static KubeSim.Tests.ApiServer.TestServer;

namespace KubeSim.Tests.ApiServer;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ObjectCreationTests
{
    private readonly TestServer _server = new();

    [Test]
    public void A_new_object_gets_its_identity_its_version_and_its_time()
    {
        _server.Clock.Advance(TimeSpan.FromMilliseconds(1700));

        Pod pod = _server.Api.Create(Pod("web") with { Status = PodStatus.Empty with { PodIP = "10.0.0.1" } });

        pod.Metadata.Uid.Should().MatchRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
        long.Parse(pod.Metadata.ResourceVersion!, CultureInfo.InvariantCulture).Should().Be(5, "the four namespaces of the start came before");
        pod.Metadata.CreationTimestamp.Should().Be(new DateTimeOffset(2030, 1, 1, 0, 0, 1, TimeSpan.Zero));
        pod.Metadata.Generation.Should().Be(1);
        pod.Status.PodIP.Should().BeNull("the author of a Pod does not say its state");
        _server.Api.Get<Pod>("web").Should().BeSameAs(pod);
    }

    [Test]
    public void A_name_that_is_taken_is_refused()
    {
        _server.Api.Create(Service("a"));

        Status status = Refused(() => _server.Api.Create(Service("a")));

        status.Should().BeEquivalentTo(new Status
        {
            Code = 409,
            Reason = "AlreadyExists",
            Message = "services \"a\" already exists",
            Details = new() { Name = "a", Kind = "services" },
        });
    }

    private static Status Refused(Action action) => action.Should().Throw<ApiException>().Which.Status;
}
