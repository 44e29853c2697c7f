using KubeSim.Api;
using static KubeSim.Tests.ApiServer.TestServer;

namespace KubeSim.Tests.ApiServer;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SelectorTests
{
    private readonly TestServer _server = new();

    [TestCase("", "a b c d")]
    [TestCase("app=web", "a b")]
    [TestCase("app==web,tier=front", "a")]
    [TestCase("app!=web", "c d")]
    [TestCase("app in (web, db)", "a b c")]
    [TestCase("app notin (web)", "c d")]
    [TestCase("tier", "a b")]
    [TestCase("!app", "d")]
    [TestCase("tier=", "b")]
    [TestCase("tier in (,front)", "a b")]
    [TestCase("app=web,app=db", "")]
    [TestCase("weight>5", "a")]
    [TestCase("weight<5", "b")]
    public void A_label_selector_selects(string selector, string names)
    {
        CreateFour();

        string.Join(' ', _server.Api.List<Pod>(new ListOptions { LabelSelector = selector }).Select(pod => pod.Metadata.Name)).Should().Be(names);
    }

    [TestCase("metadata.name=b", "b")]
    [TestCase("metadata.name!=b", "a c d")]
    [TestCase("spec.nodeName=node-1", "a c")]
    [TestCase("spec.host==node-1,metadata.name=a", "a")]
    [TestCase("status.phase=Pending,spec.nodeName=", "b d")]
    [TestCase("spec.hostNetwork=false,metadata.namespace=default", "a b c d")]
    public void A_field_selector_selects(string selector, string names)
    {
        CreateFour();

        string.Join(' ', _server.Api.List<Pod>(new ListOptions { FieldSelector = selector }).Select(pod => pod.Metadata.Name)).Should().Be(names);
    }

    [TestCase("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [TestCase("app in a", "unable to parse requirement: found 'a' expected: '('")]
    [TestCase("=a", "found '=', expected: !, identifier, or 'end of string'")]
    [TestCase("app=a b", "found 'b', expected: ',' or 'end of string'")]
    [TestCase("app=,", "found '', expected: identifier after ','")]
    [TestCase("app>a", "unable to parse requirement: values[0]: Invalid value: \"a\": for 'Gt', 'Lt' operators, the value must be an integer")]
    [TestCase("!!app", "unable to parse requirement: found '!', expected: identifier")]
    [TestCase("app in (a", "unable to parse requirement: found '', expected: ',' or ')'")]
    public void A_label_selector_that_cannot_be_read_is_a_bad_request(string selector, string message) =>
        Refused(() => _server.Api.List<Pod>(new ListOptions { LabelSelector = selector }))
            .Should().Be(new Status { Code = 400, Reason = "BadRequest", Message = message });

    [Test]
    public void A_field_that_a_kind_does_not_have_is_a_bad_request()
    {
        Refused(() => _server.Api.List<Pod>(new ListOptions { FieldSelector = "foo=bar" }))
            .Should().Be(new Status { Code = 400, Reason = "BadRequest", Message = "field label not supported: foo" });
        Refused(() => _server.Api.List<Deployment>(new ListOptions { FieldSelector = "spec.replicas=1" })).Message
            .Should().Be("\"spec.replicas\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        Refused(() => _server.Api.List<Pod>(new ListOptions { FieldSelector = "metadata.name in (a,b)" })).Message
            .Should().Be("invalid selector: 'metadata.name in (a,b)'; can't understand 'b)'");
        Refused(() => _server.Api.List<Pod>(new ListOptions { FieldSelector = "a=b=c" })).Message.Should().Be("invalid field selector: unescaped character in value: 61");
    }

    [Test]
    public void A_selector_of_an_object_means_all_its_requirements()
    {
        Selector selector = Selector.Of(new LabelSelector
        {
            MatchLabels = LabelSet.Of("app", "web"),
            MatchExpressions =
            [
                new() { Key = "tier", Operator = "In", Values = ["front", "back"] },
                new() { Key = "canary", Operator = "DoesNotExist" },
            ],
        });

        selector.Matches([new("app", "web"), new("tier", "back")]).Should().BeTrue();
        selector.Matches([new("app", "web"), new("tier", "middle")]).Should().BeFalse();
        selector.Matches([new("app", "web"), new("tier", "back"), new("canary", "")]).Should().BeFalse();
        selector.ToString().Should().Be("app in (web),!canary,tier in (back,front)");
    }

    [Test]
    public void A_missing_selector_selects_nothing_and_an_empty_one_everything()
    {
        Selector.Of((LabelSelector?)null).Matches(default).Should().BeFalse();
        Selector.Of(new LabelSelector()).Matches(LabelSet.Of("app", "web")).Should().BeTrue();
        Selector.Of(default(LabelSet)).IsEverything.Should().BeTrue();
    }

    [Test]
    public void A_list_of_one_namespace_has_its_objects_only_and_one_of_all_is_in_the_order_of_namespaces()
    {
        _server.Api.Create(Namespace("aaa"));
        foreach (string name in (string[])["default/b", "aaa/z", "default/a"])
        {
            NamespacedName place = NamespacedName.Parse(name);
            _server.Api.Create(Pod(place.Name, space: place.Namespace));
        }

        _server.Api.List<Pod>().Select(pod => pod.Name.ToString()).Should().Equal("aaa/z", "default/a", "default/b");
        _server.Api.List<Pod>(new ListOptions { Namespace = "default" }).Select(pod => pod.Metadata.Name).Should().Equal("a", "b");
        _server.Api.List<Pod>(new ListOptions { Namespace = "absent" }).Should().BeEmpty();
    }

    private void CreateFour()
    {
        _server.Api.Create(Pod("c", "node-1", labels: new Label("app", "db")));
        _server.Api.Create(Pod("a", "node-1", labels: [new("app", "web"), new("tier", "front"), new("weight", "7")]));
        _server.Api.Create(Pod("d"));
        _server.Api.Create(Pod("b", labels: [new("app", "web"), new("tier", ""), new("weight", "3")]));
    }
}
