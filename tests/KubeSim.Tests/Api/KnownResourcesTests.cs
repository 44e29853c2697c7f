using KubeSim.Api;

namespace KubeSim.Tests.Api;

public sealed class KnownResourcesTests
{
    [TestCase("v1", "Pod", "pods", true)]
    [TestCase("v1", "Endpoints", "endpoints", true)]
    [TestCase("v1", "Node", "nodes", false)]
    [TestCase("networking.k8s.io/v1", "Ingress", "ingresses", true)]
    [TestCase("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", true)]
    [TestCase("networking.k8s.io/v1", "ServiceCIDR", "servicecidrs", false)]
    [TestCase("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", false)]
    [TestCase("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy", "mutatingadmissionpolicies", false)]
    [TestCase("example.com/v1alpha1", "Widget", "widgets", true)]
    public void A_kind_is_served_under_the_name_that_Kubernetes_would_give_it(string apiVersion, string kind, string plural, bool isNamespaced)
    {
        ResourceType resource = KnownResources.OfKind(apiVersion, kind);

        (resource.ApiVersion, resource.Kind, resource.Plural, resource.IsNamespaced).Should().Be((apiVersion, kind, plural, isNamespaced));
    }

    [Test]
    public void The_same_kind_of_another_group_is_another_resource() =>
        KnownResources.OfKind("serving.knative.dev/v1", "Service").Should().NotBe(ResourceType.Service);
}
