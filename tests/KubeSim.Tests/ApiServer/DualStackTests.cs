using KubeSim.Api;
using KubeSim.ApiServer;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class DualStackTests
{
    private Admission _dual = null!;

    [SetUp]
    public void SetUp() => _dual = AdmissionSamples.Admission("10.96.0.0/24", "fd00:10:96::/112");

    [TestCase(null, "IPv4")]
    [TestCase("SingleStack", "IPv4")]
    [TestCase("PreferDualStack", "IPv4 IPv6")]
    [TestCase("RequireDualStack", "IPv4 IPv6")]
    public void The_policy_decides_how_many_families(string? policy, string families)
    {
        ServiceSpec spec = _dual.Admit(AdmissionSamples.Service(s => s with { IPFamilyPolicy = policy })).Spec;

        string.Join(' ', spec.IPFamilies).Should().Be(families);
        spec.ClusterIPs.Select(address => address.Contains(':') ? "IPv6" : "IPv4").Should().Equal(spec.IPFamilies);
        spec.ClusterIP.Should().Be(spec.ClusterIPs[0]);
    }

    [TestCase("PreferDualStack", "PreferDualStack", "IPv4")]
    public void A_preference_makes_do_with_one_family(string policy, string stored, string families)
    {
        ServiceSpec spec = AdmissionSamples.Admission().Admit(AdmissionSamples.Service(s => s with { IPFamilyPolicy = policy })).Spec;

        spec.IPFamilyPolicy.Should().Be(stored);
        string.Join(' ', spec.IPFamilies).Should().Be(families);
    }

    [Test]
    public void A_demand_that_the_cluster_cannot_meet_is_refused()
    {
        AdmissionSamples.Admission().Refusal(AdmissionSamples.Service(s => s with { IPFamilyPolicy = "RequireDualStack" }))
            .Should().Be("Service \"s\" is invalid: spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services");
        AdmissionSamples.Admission().Refusal(AdmissionSamples.Service(s => s with { IPFamilies = ["IPv6"] }))
            .Should().Be("Service \"s\" is invalid: spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster");
        AdmissionSamples.Admission().Refusal(AdmissionSamples.Service(s => s with { ClusterIP = "fd00::1" }))
            .Should().Be("Service \"s\" is invalid: spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on this cluster");
    }

    [Test]
    public void Headless_without_selector_has_both_families_anywhere()
    {
        ServiceSpec spec = AdmissionSamples.Admission().Admit(AdmissionSamples.Service(s => s with { Selector = default, ClusterIP = "None" })).Spec;

        spec.IPFamilyPolicy.Should().Be("RequireDualStack");
        spec.IPFamilies.Should().Equal("IPv4", "IPv6");
    }

    [Test]
    public void A_second_address_comes_and_goes_with_the_policy()
    {
        Service service = _dual.Admit(AdmissionSamples.Service());
        Service both = _dual.Change(service, s => s with { IPFamilyPolicy = "RequireDualStack" });
        both.Spec.ClusterIPs.Length.Should().Be(2);
        both.Spec.ClusterIP.Should().Be(service.Spec.ClusterIP);

        Service one = _dual.Change(both, s => s with { IPFamilyPolicy = "SingleStack" });
        one.Spec.Should().Be(service.Spec);
        _dual.Admit(AdmissionSamples.Service(s => s with { ClusterIP = both.Spec.ClusterIPs[1] }, "x")).Spec.IPFamilies.Should().Equal("IPv6");
    }

    [Test]
    public void Shortening_the_lists_does_not_give_a_family_up()
    {
        Service both = _dual.Admit(AdmissionSamples.Service(s => s with { IPFamilyPolicy = "RequireDualStack" }));

        _dual.Refusal(both, s => s with { ClusterIPs = [s.ClusterIP!], IPFamilies = ["IPv4"] }).Should().Be(
            "Service \"s\" is invalid: [spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": must be 'SingleStack' to release the secondary cluster IP, spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": must be 'SingleStack' to release the secondary IP family]");
    }

    [Test]
    public void When_one_family_cannot_be_had_the_other_is_given_back()
    {
        _dual.Admit(AdmissionSamples.Service(s => s with { ClusterIP = "fd00:10:96::10" }));
        _dual.Refusal(AdmissionSamples.Service(s => s with { ClusterIP = "10.96.0.11", ClusterIPs = ["10.96.0.11", "fd00:10:96::10"], IPFamilyPolicy = "RequireDualStack" }))
            .Should().Be("Service \"s\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.11\",\"fd00:10:96::10\"]: failed to allocate IP fd00:10:96::10: provided IP is already allocated");

        _dual.Admit(AdmissionSamples.Service(s => s with { ClusterIP = "10.96.0.11" })).Spec.ClusterIP.Should().Be("10.96.0.11");
    }

    [TestCase("10.0.0.1", "", "spec.clusterIPs: Invalid value: [\"10.0.0.2\"]: first value must match `clusterIP`", "10.0.0.2")]
    [TestCase("", "", "spec.clusterIPs: Invalid value: [\"10.96.7.7\"]: must be empty when `clusterIP` is not specified", "10.96.7.7")]
    [TestCase("None", "", "spec.clusterIPs: Invalid value: [\"None\",\"2001::1\"]: 'None' must be the first and only value", "None", "2001::1")]
    [TestCase("10.0.0.1", "", "spec.clusterIPs: Invalid value: [\"10.0.0.1\",\"2001::1\",\"10.0.0.10\"]: may only hold up to 2 values", "10.0.0.1", "2001::1", "10.0.0.10")]
    [TestCase("2001::1", "IPv4", "[spec.clusterIPs: Invalid value: [\"2001::1\",\"2001::4\"]: may specify no more than one IP for each IP family, spec.clusterIPs[0]: Invalid value: \"2001::1\": expected an IPv4 value as indicated by `ipFamilies[0]`]", "2001::1", "2001::4")]
    public void The_lists_must_agree(string address, string family, string wrong, params string[] addresses)
    {
        Service service = AdmissionSamples.Service(s => s with
        {
            ClusterIP = address,
            ClusterIPs = [.. addresses],
            IPFamilies = family.Length == 0 ? default : [family],
            IPFamilyPolicy = "RequireDualStack",
        });

        _dual.Refusal(service).Should().Be($"Service \"s\" is invalid: {wrong}");
    }
}
