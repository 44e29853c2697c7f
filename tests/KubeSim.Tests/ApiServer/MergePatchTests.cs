using KubeSim.Api;
using KubeSim.ApiServer.Patching;
using static KubeSim.Tests.ApiServer.TestServer;

namespace KubeSim.Tests.ApiServer;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MergePatchTests
{
    private static readonly JsonValue One = JsonValue.OfNumber(1);
    private static readonly JsonValue Two = JsonValue.OfNumber(2);

    private readonly TestServer _server = new();

    [Test]
    public void Members_replace_members_and_null_removes_one()
    {
        JsonValue target = Object(("a", One), ("b", Object(("c", One), ("d", One))), ("list", JsonValue.OfList([One, One])));
        JsonValue patch = Object(("b", Object(("c", JsonValue.Null), ("e", Two))), ("list", JsonValue.OfList([Two])), ("new", Object(("x", JsonValue.Null), ("y", One))));

        MergePatch.Apply(target, patch).ToString().Should().Be("""{"a":1,"b":{"d":1,"e":2},"list":[2],"new":{"y":1}}""");
    }

    [Test]
    public void What_is_no_object_is_replaced_whole()
    {
        MergePatch.Apply(Object(("a", One)), Two).Should().BeSameAs(Two);
        MergePatch.Apply(One, Object(("a", Two))).ToString().Should().Be("""{"a":2}""");
    }

    [Test]
    public void A_patch_changes_what_it_names()
    {
        Service service = _server.Api.Create(Service("s"));

        Service patched = _server.Api.Patch<Service>("s", Object(("metadata", Object(("labels", Object(("team", JsonValue.OfText("a")))))), ("spec", Object(("sessionAffinity", JsonValue.OfText("ClientIP"))))));

        patched.Metadata.Labels["team"].Should().Be("a");
        patched.Spec.SessionAffinity.Should().Be("ClientIP");
        patched.Spec.Ports.Should().Equal(service.Spec.Ports);
        patched.Metadata.Uid.Should().Be(service.Metadata.Uid);
    }

    [Test]
    public void A_patch_with_an_old_version_conflicts()
    {
        _server.Api.Create(Service("s"));

        Refused(() => _server.Api.Patch<Service>("s", Object(("metadata", Object(("resourceVersion", JsonValue.OfText("1"))))))).Reason.Should().Be("Conflict");
    }

    [Test]
    public void A_patch_cannot_rename()
    {
        _server.Api.Create(Service("a"));

        Refused(() => _server.Api.Patch<Service>("a", Object(("metadata", Object(("name", JsonValue.OfText("b")))))))
            .Should().Be(new Status { Code = 400, Reason = "BadRequest", Message = "the name of the object (b) does not match the name on the URL (a)" });
    }

    [Test]
    public void A_patch_whose_result_is_no_object_of_the_kind_is_refused()
    {
        _server.Api.Create(Service("a"));

        Refused(() => _server.Api.Patch<Service>("a", Object(("spec", One)))).Code.Should().Be(422);
    }

    private static JsonValue Object(params (string Name, JsonValue Value)[] members) =>
        JsonValue.OfObject([.. members.Select(member => new JsonField(member.Name, member.Value))]);
}
