namespace KubeSim.Api;

/// <summary>
/// A label selector made ready: read once, then asked for many objects. The usual one, equal to some labels, costs one walk along both sorted sets.
/// </summary>
/// <source>kubernetes v1.36, apimachinery pkg/labels/selector.go and pkg/apis/meta/v1/helpers.go, LabelSelectorAsSelector</source>
internal sealed class Selector
{
    private readonly SelectorRequirement[] _all;
    private readonly LabelSet _equal;
    private readonly SelectorRequirement[] _others;
    private readonly bool _isNothing;

    internal Selector(IEnumerable<SelectorRequirement> requirements)
    {
        _all = [.. requirements.OrderBy(requirement => requirement.Key, StringComparer.Ordinal)];
        var equal = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var others = new List<SelectorRequirement>();
        foreach (SelectorRequirement requirement in _all)
        {
            if (requirement.OnlyValue is not { } value || !equal.TryAdd(requirement.Key, value))
            {
                others.Add(requirement);
            }
        }

        _equal = LabelSet.Of(equal);
        _others = [.. others];
    }

    private Selector(LabelSet equal, bool isNothing)
    {
        _all = [.. equal.Select(label => new SelectorRequirement(label.Key, "=", [label.Value]))];
        _equal = equal;
        _others = [];
        _isNothing = isNothing;
    }

    /// <summary>Matches every object.</summary>
    internal static Selector Everything { get; } = new(default, isNothing: false);

    /// <summary>Matches no object.</summary>
    internal static Selector Nothing { get; } = new(default, isNothing: true);

    internal bool IsEverything => _all.Length == 0 && !_isNothing;

    /// <summary>Reads kubectl's notation, for example <c>app=web,tier in (front, back),!canary</c>; an empty or missing one matches everything.</summary>
    /// <exception cref="FormatException">It is none; says so as Kubernetes does.</exception>
    internal static Selector Parse(string? text) => string.IsNullOrEmpty(text) ? Everything : new Selector(new SelectorParser(text).Parse());

    /// <summary>Matches what has all of these labels.</summary>
    internal static Selector Of(LabelSet labels) => labels.IsEmpty ? Everything : new Selector(labels, isNothing: false);

    /// <summary>What an object's selector means: an empty one matches everything, a missing one nothing.</summary>
    /// <exception cref="FormatException">A requirement has no such operator or not as many values as it needs.</exception>
    internal static Selector Of(LabelSelector? selector)
    {
        if (selector is null)
        {
            return Nothing;
        }

        if (selector.MatchExpressions.IsEmpty)
        {
            return Of(selector.MatchLabels);
        }

        var requirements = new List<SelectorRequirement>();
        foreach (Label label in selector.MatchLabels)
        {
            requirements.Add(new SelectorRequirement(label.Key, "in", [label.Value]));
        }

        foreach (LabelSelectorRequirement expression in selector.MatchExpressions)
        {
            requirements.Add(Requirement(expression));
        }

        return new Selector(requirements);
    }

    /// <summary>The selector in kubectl's notation, its requirements in the order of their keys.</summary>
    public override string ToString() => string.Join<SelectorRequirement>(',', _all);

    internal bool Matches(LabelSet labels)
    {
        if (_isNothing || !_equal.IsSubsetOf(labels))
        {
            return false;
        }

        foreach (SelectorRequirement requirement in _others)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }

    private static SelectorRequirement Requirement(LabelSelectorRequirement expression)
    {
        string operation = expression.Operator switch
        {
            "In" => "in",
            "NotIn" => "notin",
            "Exists" => SelectorRequirement.Exists,
            "DoesNotExist" => SelectorRequirement.DoesNotExist,
            _ => throw new FormatException($"\"{expression.Operator}\" is not a valid label selector operator"),
        };
        return (operation is "in" or "notin") != expression.Values.IsEmpty
            ? new SelectorRequirement(expression.Key, operation, [.. expression.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])
            : throw new FormatException($"The requirement on '{expression.Key}' with {expression.Operator} has {(expression.Values.IsEmpty ? "no values" : "values")}.");
    }
}
