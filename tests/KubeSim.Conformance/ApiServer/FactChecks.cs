using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.ApiServer.Printing;
using KubeSim.ApiServer.Validation;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>Tables of small facts about one function each: which, a row's keys tell.</summary>
internal static class FactChecks
{
    public static CaseRun CaseOf(CaseNode node, JsonValue value, string fileName) =>
        node.Has("seconds") ? new($"age {node["seconds"].Scalar}", value, Age)
        : node.Has("matches") ? new($"{node["selector"].Text} matches {node["labels"]}", value, Matches)
        : node.Has("selector") ? new(node["selector"].Text, value, fileName.StartsWith("field", StringComparison.Ordinal) ? FieldSelectors : LabelSelectors)
        : node.Has("format") ? new($"{node["format"].Text} {node["value"].Scalar}", value, Formats)
        : node.Has("value") ? new($"port {node["value"].Scalar}", value, Port)
        : throw node.Wrong("is of no known sort");

    private static void Age(CaseNode node)
    {
        var findings = new Findings();
        findings.Check(node["text"], HumanDuration.Of(TimeSpan.FromSeconds(node["seconds"].Number)), node["text"].Text);
        findings.Conclude();
    }

    private static void Matches(CaseNode node)
    {
        var findings = new Findings();
        var labels = LabelSet.Of(new SortedDictionary<string, string>(node["labels"].Entries.ToDictionary(label => label.Key, label => label.Value.Text, StringComparer.Ordinal), StringComparer.Ordinal));
        findings.Check(node["matches"], Selector.Parse(node["selector"].Text).Matches(labels), node["matches"].Boolean);
        findings.Conclude();
    }

    private static void LabelSelectors(CaseNode node) => Selectors(node, text => Selector.Parse(text).ToString());

    private static void FieldSelectors(CaseNode node) => Selectors(node, text => FieldSelector.Parse(text).ToString());

    private static void Selectors(CaseNode node, Func<string, string> canonical)
    {
        var findings = new Findings();
        string? found = null;
        string? error = null;
        try
        {
            found = canonical(node["selector"].Text);
        }
        catch (FormatException wrong)
        {
            error = wrong.Message;
        }

        findings.Check(node["valid"], error is null, node["valid"].Boolean, error);
        findings.Check(node, found, node.Find("canonical")?.Text, "canonical");
        findings.Check(node, error, node.Find("error")?.Text, "error");
        findings.Conclude();
    }

    private static void Formats(CaseNode node)
    {
        Action<FieldErrors, string, string> rule = node["format"].Text switch
        {
            "dns1123Label" or "namespaceName" => Names.CheckLabel,
            "dns1123Subdomain" or "podName" => Names.CheckSubdomain,
            "dns1035Label" or "serviceName" => Names.CheckDns1035Label,
            "podNamePrefix" => (errors, field, value) => Names.CheckSubdomain(errors, field, Names.OfPrefix(value)),
            "namespaceNamePrefix" => (errors, field, value) => Names.CheckLabel(errors, field, Names.OfPrefix(value)),
            "serviceNamePrefix" => (errors, field, value) => Names.CheckDns1035Label(errors, field, Names.OfPrefix(value)),
            "qualifiedName" => (errors, field, value) => Names.CheckKey(errors, field, value),
            "labelValue" => Names.CheckLabelValue,
            "portName" => Names.CheckPortName,
            "configMapKey" => Names.CheckDataKey,
            "percent" => Names.CheckPercent,
            "ip" => (errors, field, value) => Addresses.CheckCanonical(errors, field, value, out _),
            "cidr" => Addresses.CheckCidr,
            _ => throw node["format"].Wrong("is no known format"),
        };
        var found = new FieldErrors();
        rule(found, "", node["value"].Scalar);
        Conclude(node, found, node["value"].Scalar);
    }

    private static void Port(CaseNode node)
    {
        var found = new FieldErrors();
        Names.CheckPort(found, "", node["value"].Int);
        Conclude(node, found, node["value"].Scalar);
    }

    /// <summary>Most facts are about the rule alone, without the quoted value in front of what a field error says.</summary>
    private static void Conclude(CaseNode node, FieldErrors found, string value)
    {
        var findings = new Findings();
        findings.Check(node["valid"], found.IsEmpty, node["valid"].Boolean);
        CaseNode? messages = node.Find("messages");
        string[] expected = messages is null or { IsNull: true } ? [] : [.. messages.Items.Select(message => message.Text)];
        string prefix = node.Has("format") ? $"Invalid value: {FieldErrors.Quote(value)}: " : $"Invalid value: {value}: ";
        bool areWhole = expected.Length > 0 && expected[0].StartsWith(prefix, StringComparison.Ordinal);
        findings.CheckList(messages ?? node, found.Causes.Select(cause => areWhole ? cause.Message : cause.Message[prefix.Length..]), expected);
        findings.Conclude();
    }
}
