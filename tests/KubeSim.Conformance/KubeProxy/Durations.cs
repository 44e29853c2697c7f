using System.Globalization;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>Times as Go writes them, in one unit: <c>10s</c>.</summary>
internal static class Durations
{
    public static TimeSpan Read(CaseNode node)
    {
        string text = node.Text;
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits > 0)
        {
            int count = int.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture);
            switch (text[digits..])
            {
                case "ms":
                    return TimeSpan.FromMilliseconds(count);
                case "s":
                    return TimeSpan.FromSeconds(count);
                case "m":
                    return TimeSpan.FromMinutes(count);
                case "h":
                    return TimeSpan.FromHours(count);
            }
        }

        throw node.Wrong("is no time such as 10s");
    }
}
