using System.Globalization;
using System.Text;
using KubeSim.Collections;

namespace KubeSim.Tracing;

/// <summary>Writes hops as a table.</summary>
internal sealed class TraceText
{
    // Wide enough for most steps, so that traces one below the other have the same columns.
    private const int NarrowestVerb = 7;
    private const int NarrowestWhat = 59;

    /// <summary>How many endpoints are told one by one where not everything is wanted.</summary>
    private const int FewEndpoints = 5;

    private readonly EquatableArray<Hop> _hops;
    private readonly TraceDetail _detail;
    private readonly StringBuilder _text = new();
    private readonly int _place;
    private readonly int _verb = NarrowestVerb;
    private readonly int _what = NarrowestWhat;

    public TraceText(EquatableArray<Hop> hops, TraceDetail detail)
    {
        _hops = hops;
        _detail = detail;
        foreach (Hop hop in hops)
        {
            _place = Math.Max(_place, hop.Place.Length);
            _verb = Math.Max(_verb, hop.Step.Verb.Length);
            _what = hop.Step.Detail.Length == 0 ? _what : Math.Max(_what, hop.Step.What.Length);
        }
    }

    public string Of(string opening, string closing)
    {
        _text.Append(opening).Append('\n');
        foreach ((string place, Step step) in _hops)
        {
            _text.Append("  ").Append(place.PadRight(_place)).Append("  ").Append(step.Verb.PadRight(_verb)).Append("  ");
            _text.Append(step.Detail.Length == 0 ? step.What : step.What.PadRight(_what) + "  " + step.Detail);
            _text.Append(_detail == TraceDetail.Chains ? Chains(step.Rules) : "").Append('\n');
            if (_detail == TraceDetail.Rules)
            {
                foreach (RuleReference rule in step.Rules)
                {
                    Below(rule.ToString());
                }
            }

            if (_detail != TraceDetail.Steps && step is Step.ServiceMatch match)
            {
                AppendEndpoints(match);
            }
        }

        return _text.Append(closing).ToString();
    }

    /// <summary>The chains in their order, each where the packet comes into it.</summary>
    private static string Chains(EquatableArray<RuleReference> rules)
    {
        var text = new StringBuilder();
        string before = "";
        foreach (RuleReference rule in rules)
        {
            if (rule.Chain != before)
            {
                text.Append(text.Length == 0 ? "  [" : " > ").Append(rule.Chain);
                before = rule.Chain;
            }
        }

        return text.Length == 0 ? "" : text.Append(']').ToString();
    }

    private void AppendEndpoints(Step.ServiceMatch match)
    {
        EquatableArray<LeftOut> leftOut = match.LeftOut;
        int told = _detail == TraceDetail.Rules || leftOut.Length <= FewEndpoints + 1 ? leftOut.Length : FewEndpoints;
        for (int i = 0; i < told; i++)
        {
            Below(leftOut[i].ToString());
        }

        if (told < leftOut.Length)
        {
            Below(string.Create(CultureInfo.InvariantCulture, $"and {leftOut.Length - told} more left out"));
        }

        if (match.HintsIgnored is { } why)
        {
            Below("hints count for nothing: " + why);
        }
    }

    /// <summary>A line of its own, under what the step did.</summary>
    private void Below(string line) => _text.Append(' ', 2 + _place + 2 + _verb + 2).Append("  ").Append(line).Append('\n');
}
