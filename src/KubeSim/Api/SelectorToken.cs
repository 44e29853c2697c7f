namespace KubeSim.Api;

/// <summary>A piece of a selector's text.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Text">As written.</param>
internal readonly record struct SelectorToken(SelectorToken.Kinds Kind, string Text)
{
    internal enum Kinds
    {
        Identifier,
        Operator,
        Not,
        Comma,
        Open,
        Close,
        End,
    }
}
