using KubeSim.Conformance.Dns;
using KubeSim.Conformance.Reading;
using KubeSim.Manifests;

namespace KubeSim.Conformance.Tests;

/// <summary>The runner of DNS' cases can fail: each test breaks one thing of a case that holds.</summary>
public sealed class DnsFamilyTests
{
    private const string Sound =
        """
        name: sound
        config: {zones: [cluster.local.], pods: disabled, ttl: 5}
        objects:
        - {apiVersion: v1, kind: Namespace, metadata: {name: default}}
        - {apiVersion: v1, kind: Service, metadata: {name: y, namespace: default}, spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80, protocol: TCP}]}}
        queries:
        - {qname: y.default.svc.cluster.local., qtype: A, from: table, level: coredns, rcode: NOERROR, answer: [{name: y.default.svc.cluster.local., type: A, ttl: 5, data: 10.0.0.1}]}
        """;

    [Test]
    public void A_case_that_holds_passes() => Run(Sound).Should().NotThrow();

    [TestCase("data: 10.0.0.1}]", "data: 10.0.0.2}]", "*answer: expected*10.0.0.2*")]
    [TestCase("ttl: 5, data", "ttl: 6, data", "*answer: expected* 6 A*")]
    [TestCase("rcode: NOERROR", "rcode: NXDOMAIN", "*rcode expected NxDomain, found NoError*")]
    [TestCase("rcode: NOERROR", "rcode: NOERROR, tc: true", "*tc: expected True*")]
    public void A_wrong_expectation_fails(string right, string wrong, string message) => Run(Replace(right, wrong)).Should().Throw<CaseFailedException>().WithMessage(message);

    [TestCase("name: sound", "name: sound\nweather: fair", "*weather")]
    [TestCase("rcode: NOERROR", "rcode: NOERROR, speed: high", "*queries[0].speed")]
    [TestCase("ttl: 5}", "ttl: 5, colour: red}", "*config.colour")]
    [TestCase("pods: disabled", "pods: guessed", "*config.pods is no way to serve Pods")]
    [TestCase("qtype: A", "qtype: AB", "*queries[0].qtype is no record type")]
    [TestCase("level: coredns", "level: sea", "*queries[0].level is no level")]
    [TestCase("kind: Namespace", "kind: ConfigMap", "*objects[0] is a ConfigMap*")]
    public void What_the_runner_does_not_understand_fails(string right, string wrong, string message) => Run(Replace(right, wrong)).Should().Throw<CaseFormatException>().WithMessage(message);

    [Test]
    public void At_the_level_of_the_specification_the_time_does_not_count() =>
        Run(Replace("ttl: 5, data", "ttl: 6, data").Replace("level: coredns", "level: spec", StringComparison.Ordinal)).Should().NotThrow();

    private static string Replace(string right, string wrong)
    {
        Sound.Should().Contain(right);
        return Sound.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static Action Run(string text) => ConformanceCase.Of(
        "case.yaml", new DnsFamily().CasesOf(YamlDocuments.Read(text, "case.yaml", hasLetterBooleans: false).Single(), "case.yaml").Single()).Run;
}
