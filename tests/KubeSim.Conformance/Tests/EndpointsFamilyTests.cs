using KubeSim.Conformance.Endpoints;
using KubeSim.Conformance.Reading;
using KubeSim.Manifests;

namespace KubeSim.Conformance.Tests;

/// <summary>The runner of the endpoints' cases can fail: each test breaks one thing of a case that holds.</summary>
public sealed class EndpointsFamilyTests
{
    private const string Sound =
        """
        suite: sound
        title: one Service
        level: controller
        cases:
        - name: one
          config: {maxEndpointsPerSlice: 100}
          objects:
          - {apiVersion: v1, kind: Service, metadata: {name: web, namespace: default, uid: u1}, spec: {clusterIP: 10.0.0.1, ipFamilies: [IPv4], selector: {app: web}, ports: [{name: http, port: 80, protocol: TCP, targetPort: 8080}]}}
          - {apiVersion: v1, kind: Node, metadata: {name: n1}}
          - {apiVersion: v1, kind: Pod, metadata: {name: p1, namespace: default, uid: u2, labels: {app: web}}, spec: {nodeName: n1}, status: {podIP: 10.1.0.1, podIPs: [{ip: 10.1.0.1}]}}
          expect:
            deterministic: true
            slices:
            - generateName: web-
              namespace: default
              labels: {endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io, kubernetes.io/service-name: web}
              ownerReferences: [{apiVersion: v1, kind: Service, name: web, uid: u1, controller: true, blockOwnerDeletion: true}]
              addressType: IPv4
              ports: [{name: http, port: 8080, protocol: TCP}]
              endpoints: [{addresses: [10.1.0.1], conditions: {ready: false, serving: false, terminating: false}, nodeName: n1, targetRef: {kind: Pod, namespace: default, name: p1, uid: u2}}]
            actions: {creates: 1, updates: 0, deletes: 0}
            events: []
            syncError: false
        """;

    [Test]
    public void A_case_that_holds_passes() => Run(Sound).Should().NotThrow();

    [TestCase("addresses: [10.1.0.1]", "addresses: [10.1.0.2]", "*slices expected*10.1.0.2*")]
    [TestCase("ready: false, serving", "ready: true, serving", "*slices expected*ready=True*")]
    [TestCase("port: 8080, protocol: TCP}]\n", "port: 8081, protocol: TCP}]\n", "*slices expected*8081*")]
    [TestCase("creates: 1", "creates: 2", "*actions expected*")]
    [TestCase("events: []", "events: [Warning Rain In the afternoon]", "*events expected*Rain*")]
    [TestCase("syncError: false", "syncError: true", "*syncError expected True*")]
    public void A_wrong_expectation_fails(string right, string wrong, string message) => Run(Replace(right, wrong)).Should().Throw<CaseFailedException>().WithMessage(message);

    [TestCase("name: one\n", "name: one\n  weather: fair\n", "*cases[0].weather")]
    [TestCase("maxEndpointsPerSlice: 100", "maxEndpointsPerSlice: 100, colour: red", "*config.colour")]
    [TestCase("events: []", "events: []\n    rain: true", "*expect.rain")]
    [TestCase("nodeName: n1, targetRef", "nodeName: n1, mood: good, targetRef", "*endpoints[0].mood")]
    [TestCase("kind: Node,", "kind: ConfigMap,", "*objects[1] is a ConfigMap*")]
    [TestCase("maxEndpointsPerSlice: 100", "controllers: [weather]", "*controllers names a controller that KubeSim does not have")]
    [TestCase("level: controller", "level: sea", "*level is no level")]
    [TestCase("level: controller", "level: function", "*suite has no runner: sound")]
    public void What_the_runner_does_not_understand_fails(string right, string wrong, string message) =>
        FluentActions.Invoking(() => Run(Replace(right, wrong))()).Should().Throw<CaseFormatException>().WithMessage(message);

    private static string Replace(string right, string wrong)
    {
        string sound = Sound.ReplaceLineEndings("\n");
        sound.Should().Contain(right);
        return sound.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static Action Run(string text) =>
        ConformanceCase.Of("case.yaml", new EndpointsFamily().CasesOf(YamlDocuments.Read(text, "case.yaml").Single(), "case.yaml").Single()).Run;
}
