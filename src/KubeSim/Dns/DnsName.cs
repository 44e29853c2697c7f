using System.Globalization;
using KubeSim.Addressing;

namespace KubeSim.Dns;

/// <summary>The rules for names: what may be sent at all, and where a zone ends.</summary>
internal static class DnsName
{
    /// <summary>A name takes at most 255 octets on the wire: a length for each label, the labels, and the root's zero.</summary>
    private const int Longest = 253;
    private const int LongestLabel = 63;

    /// <summary>
    /// Whether a name can be put into a question: labels of 1 to 63 octets, at most 253 characters, no control character, space or
    /// character outside ASCII. Resolvers fail such names without asking anybody.
    /// </summary>
    /// <param name="name">Without its final dot.</param>
    /// <param name="wrong">What is wrong with it, as the end of a sentence that begins with the name.</param>
    public static bool IsValid(ReadOnlySpan<char> name, out string wrong)
    {
        wrong = "";
        if (name.Length > Longest)
        {
            wrong = string.Create(CultureInfo.InvariantCulture, $"has {name.Length} characters; a name has at most {Longest}");
            return false;
        }

        int length = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            char letter = i == name.Length ? '.' : name[i];
            if (letter != '.')
            {
                if (letter is <= ' ' or > '~')
                {
                    wrong = "has a character that no name has: letters, digits, dashes and underscores are allowed, other alphabets only in their xn-- form";
                    return false;
                }

                length++;
                continue;
            }

            if (length is 0 or > LongestLabel)
            {
                wrong = length == 0 ? "has an empty label: two dots in a row, or one at its beginning" : string.Create(CultureInfo.InvariantCulture, $"has a label of {length} characters; a label has at most {LongestLabel}");
                return false;
            }

            length = 0;
        }

        return true;
    }

    /// <summary>Whether a name is a zone or lies under it, in any case.</summary>
    public static bool IsIn(ReadOnlySpan<char> name, ReadOnlySpan<char> zone) =>
        name.EndsWith(zone, StringComparison.OrdinalIgnoreCase) && (name.Length == zone.Length || name[^(zone.Length + 1)] == '.');

    /// <summary>A name for a message: hostile names may be very long.</summary>
    public static string Short(string name) => IpAddressText.Short(name);
}
