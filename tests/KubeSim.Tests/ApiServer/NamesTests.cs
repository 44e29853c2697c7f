using KubeSim.ApiServer.Validation;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class NamesTests
{
    private const string Label =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string Subdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string Key =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private static readonly string Long64 = new('a', 64);

    [TestCase("a")]
    [TestCase("0")]
    [TestCase("1-a")]
    [TestCase("A", Label)]
    [TestCase("-a", Label)]
    [TestCase("a-", Label)]
    [TestCase("a_b", Label)]
    [TestCase("", Label)]
    [TestCase("1.2", "must not contain dots")]
    public void Labels(string value, params string[] wrong) => Faults(Names.CheckLabel, value).Should().Equal(wrong);

    [TestCase("a.b-c.0")]
    [TestCase("A", Subdomain)]
    [TestCase("a..b", Subdomain)]
    [TestCase(".a", Subdomain)]
    [TestCase("a.", Subdomain)]
    [TestCase("web_1", Subdomain)]
    public void Subdomains(string value, params string[] wrong) => Faults(Names.CheckSubdomain, value).Should().Equal(wrong);

    [TestCase("simple")]
    [TestCase("Now_With.dots-1")]
    [TestCase("example.com/a")]
    [TestCase("a b", Key)]
    [TestCase("", "name part must be non-empty", Key)]
    [TestCase("/simple", "prefix part must be non-empty")]
    [TestCase("Bad/name", "prefix part " + Subdomain)]
    public void Keys(string value, params string[] wrong) => Faults((errors, field, text) => Names.CheckKey(errors, field, text), value).Should().Equal(wrong);

    [TestCase("http")]
    [TestCase("a-1")]
    [TestCase("HTTP", "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)", "must contain at least one letter (a-z)")]
    [TestCase("1-2-3", "must contain at least one letter (a-z)")]
    [TestCase("a--b", "must not contain consecutive hyphens")]
    [TestCase("end-", "must not begin or end with a hyphen")]
    [TestCase("a234567890123456", "must be no more than 15 characters")]
    public void Port_names(string value, params string[] wrong) => Faults(Names.CheckPortName, value).Should().Equal(wrong);

    [TestCase("")]
    [TestCase("My_value.1")]
    [TestCase("-x", "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    public void Label_values(string value, params string[] wrong) => Faults(Names.CheckLabelValue, value).Should().Equal(wrong);

    [Test]
    public void What_is_too_long_is_told_in_each_rule_s_own_words()
    {
        Faults(Names.CheckLabel, Long64).Should().Equal("must be no more than 63 characters");
        Faults(Names.CheckLabelValue, Long64).Should().Equal("must be no more than 63 bytes");
        Faults((errors, field, text) => Names.CheckKey(errors, field, text), Long64).Should().Equal("name part must be no more than 63 bytes");
        Faults(Names.CheckSubdomain, string.Join('.', Enumerable.Repeat("abcde", 43))).Should().Equal("must be no more than 253 characters");
    }

    [TestCase("10.9.8.7")]
    [TestCase("2001:db8::1")]
    [TestCase("1.2.3", "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [TestCase("", "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [TestCase("01.02.03.04", "must not have leading 0s")]
    [TestCase("::ffff:1.2.3.4", "must not be an IPv4-mapped IPv6 address")]
    public void IP_addresses(string value, params string[] wrong) => Faults((errors, field, text) => Addresses.Check(errors, field, text, out _), value).Should().Equal(wrong);

    [TestCase("10.9.8.0/24")]
    [TestCase("2001:db8::/64")]
    [TestCase("1.2.3.4", "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    [TestCase("1.2.3.4/33", "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    [TestCase("1.2.3.4/24", "must not have bits set beyond the prefix length")]
    [TestCase("2001:db8::1/64", "must not have bits set beyond the prefix length")]
    [TestCase("01.2.3.0/24", "must not have leading 0s in IP or prefix length")]
    public void Blocks(string value, params string[] wrong) => Faults(Addresses.CheckCidr, value).Should().Equal(wrong);

    private static string[] Faults(Action<FieldErrors, string, string> check, string value)
    {
        var errors = new FieldErrors();
        check(errors, "f", value);
        string prefix = $"Invalid value: {FieldErrors.Quote(value)}: ";
        errors.Causes.All(cause => cause.Field == "f" && cause.Reason == "FieldValueInvalid" && cause.Message.StartsWith(prefix, StringComparison.Ordinal)).Should().BeTrue();
        return [.. errors.Causes.Select(cause => cause.Message[prefix.Length..])];
    }
}
