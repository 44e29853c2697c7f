using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KubeSim.Api;

/// <summary>A number or a name: a port as its number or as the name a container gives it, a share as a count or as a percentage.</summary>
public readonly record struct IntOrString
{
    private readonly int _number;
    private readonly string? _text;

    /// <summary>A number.</summary>
    public IntOrString(int number) => _number = number;

    /// <summary>A text.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public IntOrString(string text) => _text = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>Whether this is a number.</summary>
    [MemberNotNullWhen(false, nameof(Text))]
    public bool IsNumber => _text is null;

    /// <summary>The number; 0 for a text.</summary>
    public int Number => _number;

    /// <summary>The text; null for a number.</summary>
    public string? Text => _text;

    /// <summary>The number in decimal, or the text.</summary>
    public override string ToString() => _text ?? _number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public static implicit operator IntOrString(int number) => new(number);

    /// <summary>A text.</summary>
    public static implicit operator IntOrString(string text) => new(text);
}
