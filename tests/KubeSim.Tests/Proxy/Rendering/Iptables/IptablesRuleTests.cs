using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Proxy.Rendering.Iptables;

namespace KubeSim.Tests.Proxy.Rendering.Iptables;

[TestFixture]
public sealed class IptablesRuleTests
{
    [Test]
    public void A_saved_rule_has_addresses_and_protocol_first()
    {
        IptablesRule rule = Rule(
            IptablesTarget.Jump("KUBE-MARK-MASQ"),
            IptablesMatch.Comment("default/web:http cluster IP"), IptablesMatch.Protocol(TransportProtocol.Tcp), IptablesMatch.Destination("10.96.0.10"),
            IptablesMatch.DestinationPort(80), IptablesMatch.Source("10.244.0.0/16").Not);

        rule.ToString().Should().Be("-A X -m comment --comment \"default/web:http cluster IP\" -m tcp -p tcp -d 10.96.0.10 --dport 80 ! -s 10.244.0.0/16 -j KUBE-MARK-MASQ");
        rule.ToSavedText(isIPv6: false).Should()
            .Be("-A X ! -s 10.244.0.0/16 -d 10.96.0.10/32 -p tcp -m comment --comment \"default/web:http cluster IP\" -m tcp --dport 80 -j KUBE-MARK-MASQ");
    }

    [Test]
    public void Only_a_comment_with_blanks_is_quoted_on_the_way_in()
    {
        IptablesRule rule = Rule(IptablesTarget.Drop, IptablesMatch.Comment("default/web:http"));

        rule.ToString().Should().Be("-A X -m comment --comment default/web:http -j DROP");
        rule.ToSavedText(isIPv6: false).Should().Be("-A X -m comment --comment \"default/web:http\" -j DROP");
    }

    [TestCase(false, "icmp-port-unreachable")]
    [TestCase(true, "icmp6-port-unreachable")]
    public void A_refusal_is_saved_with_its_message(bool isIPv6, string message) =>
        Rule(IptablesTarget.Reject).ToSavedText(isIPv6).Should().Be("-A X -j REJECT --reject-with " + message);

    [Test]
    public void Marks_are_written_with_eight_digits_and_saved_with_as_few_as_possible()
    {
        IptablesRule rule = Rule(IptablesTarget.FlipMark(0x4000), IptablesMatch.Mark(0x4000).Not);

        rule.ToString().Should().Be("-A X -m mark ! --mark 0x00004000/0x00004000 -j MARK --xor-mark 0x00004000");
        rule.ToSavedText(isIPv6: false).Should().Be("-A X -m mark ! --mark 0x4000/0x4000 -j MARK --set-xmark 0x4000/0x0");
    }

    [Test]
    public void Lists_of_clients_are_saved_with_a_mask_of_the_family()
    {
        IptablesRule rule = Rule(IptablesTarget.Jump("Y"), IptablesMatch.RecentlySeen("Y", TimeSpan.FromHours(3)));

        rule.ToString().Should().Be("-A X -m recent --name Y --rcheck --seconds 10800 --reap -j Y");
        rule.ToSavedText(isIPv6: true).Should()
            .Be("-A X -m recent --rcheck --seconds 10800 --reap --name Y --mask ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff --rsource -j Y");
    }

    private static IptablesRule Rule(IptablesTarget target, params ReadOnlySpan<IptablesMatch> matches) => new("X", EquatableArray.Create(matches), target);
}
