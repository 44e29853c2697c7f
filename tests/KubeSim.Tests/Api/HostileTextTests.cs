using KubeSim.Addressing;
using KubeSim.Api;

namespace KubeSim.Tests.Api;

/// <summary>Every public method that reads a text, with every text that somebody might give it by accident or malice.</summary>
public sealed class HostileTextTests
{
    private static readonly (string Name, Action<string> Parse)[] Parsers =
    [
        ("IpAddress", text => IpAddress.Parse(text)), ("Cidr", text => Cidr.Parse(text)), ("IpPort", text => IpPort.Parse(text)),
        ("NamespacedName", text => NamespacedName.Parse(text)), ("LabelSet", text => LabelSet.Parse(text)),
    ];

    private static readonly string?[] Texts =
    [
        null, "", " ", "\0", "\uD800", "\n", "/", "//", "=", ",", ":", "::", "[", "[]", "[]:", "%", "-1", "٣", "a\0b", new string('9', 100_000), new string('/', 100_000), new string(':', 100_000),
        new string('.', 100_000), new string('[', 100_000), new string('=', 100_000), new string(',', 100_000), string.Concat(Enumerable.Repeat("a,", 50_000)), string.Concat(Enumerable.Repeat("1.", 50_000)),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from parser in Parsers from index in Enumerable.Range(0, Texts.Length) select new TestCaseData(parser.Name, index).SetArgDisplayNames(parser.Name, $"text {index}");

    [TestCaseSource(nameof(Cases))]
    public void A_hostile_text_is_read_or_refused_with_a_short_message(string parser, int index)
    {
        try
        {
            Parsers.Single(candidate => candidate.Name == parser).Parse(Texts[index]!);
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            refused.Message.Length.Should().BeLessThan(300, "a message does not repeat a text of any length");
            refused.Message.Should().NotBeEmpty();
        }
    }
}
