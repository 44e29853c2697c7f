namespace KubeSim.Api;

/// <summary>Reads a label selector in kubectl's notation, and says what is wrong with it in Kubernetes' words.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/labels/selector.go, Parser</source>
internal sealed class SelectorParser
{
    private readonly SelectorLexer _lexer;
    private SelectorToken _next;

    internal SelectorParser(string text)
    {
        _lexer = new SelectorLexer(text);
        _next = _lexer.Next();
    }

    internal List<SelectorRequirement> Parse()
    {
        var requirements = new List<SelectorRequirement>();
        while (_next.Kind != SelectorToken.Kinds.End)
        {
            if (!BeginsRequirement)
            {
                throw new FormatException($"found '{_next.Text}', expected: !, identifier, or 'end of string'");
            }

            requirements.Add(Requirement());
            SelectorToken behind = Take();
            if (behind.Kind is not (SelectorToken.Kinds.End or SelectorToken.Kinds.Comma))
            {
                throw new FormatException($"found '{behind.Text}', expected: ',' or 'end of string'");
            }

            if (behind.Kind == SelectorToken.Kinds.Comma && !BeginsRequirement)
            {
                throw new FormatException($"found '{_next.Text}', expected: identifier after ','");
            }
        }

        return requirements;
    }

    // The words in and notin are operators only where one is expected.
    private bool IsWord => _next.Kind == SelectorToken.Kinds.Identifier || _next.Text is "in" or "notin";

    private bool BeginsRequirement => IsWord || _next.Kind == SelectorToken.Kinds.Not;

    private static FormatException Unparsable(string why) => new($"unable to parse requirement: {why}");

    private static void CheckSyntax(string field, string value, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw Unparsable($"{field}: Invalid value: \"{value}\": {string.Join("; ", problems)}");
        }
    }

    private SelectorToken Take()
    {
        SelectorToken token = _next;
        _next = token.Kind == SelectorToken.Kinds.End ? token : _lexer.Next();
        return token;
    }

    private SelectorRequirement Requirement()
    {
        bool isNegated = _next.Kind == SelectorToken.Kinds.Not;
        if (isNegated)
        {
            Take();
        }

        if (!IsWord)
        {
            throw Unparsable($"found '{_next.Text}', expected: identifier");
        }

        string key = Take().Text;
        CheckSyntax("<nil>", key, LabelSyntax.KeyProblems(key));
        if (isNegated || _next.Kind is SelectorToken.Kinds.End or SelectorToken.Kinds.Comma)
        {
            return new SelectorRequirement(key, isNegated ? SelectorRequirement.DoesNotExist : SelectorRequirement.Exists, []);
        }

        SelectorToken operation = Take();
        if (operation.Kind != SelectorToken.Kinds.Operator)
        {
            throw Unparsable($"found '{operation.Text}', expected: in, notin, =, ==, !=, gt, lt");
        }

        SortedSet<string> values = operation.Text is "in" or "notin" ? Values() : [Value()];
        CheckValues(key, operation.Text, values);
        return new SelectorRequirement(key, operation.Text, [.. values]);
    }

    private static void CheckValues(string key, string operation, SortedSet<string> values)
    {
        int index = 0;
        foreach (string value in values)
        {
            if (operation is ">" or "<" && !SelectorRequirement.TryParse(value, out _))
            {
                throw Unparsable($"values[0]: Invalid value: \"{value}\": for 'Gt', 'Lt' operators, the value must be an integer");
            }

            CheckSyntax(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"values[{index++}][{key}]"), value, LabelSyntax.ValueProblems(value));
        }
    }

    private string Value() =>
        _next.Kind is SelectorToken.Kinds.End or SelectorToken.Kinds.Comma ? ""
        : IsWord ? Take().Text
        : throw Unparsable($"found '{_next.Text}', expected: identifier");

    /// <summary>The values between parentheses; nothing between two commas or beside one is the empty value.</summary>
    private SortedSet<string> Values()
    {
        if (Take() is { Kind: not SelectorToken.Kinds.Open } wrong)
        {
            throw Unparsable($"found '{wrong.Text}' expected: '('");
        }

        var values = new SortedSet<string>(StringComparer.Ordinal);
        if (_next.Kind != SelectorToken.Kinds.Close && _next.Kind != SelectorToken.Kinds.Comma && !IsWord)
        {
            throw Unparsable($"found '{_next.Text}', expected: ',', ')' or identifier");
        }

        while (true)
        {
            values.Add(IsWord ? Take().Text : "");
            SelectorToken behind = Take();
            if (behind.Kind == SelectorToken.Kinds.Close)
            {
                return values;
            }

            if (behind.Kind != SelectorToken.Kinds.Comma)
            {
                throw Unparsable($"found '{behind.Text}', expected: ',' or ')'");
            }
        }
    }
}
