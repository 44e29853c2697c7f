namespace KubeSim.Api;

/// <summary>Cuts a selector's text into pieces.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/labels/selector.go, Lexer</source>
internal sealed class SelectorLexer(string text)
{
    private int _place;

    /// <summary>The next piece.</summary>
    internal SelectorToken Next()
    {
        while (_place < text.Length && IsSpace(text[_place]))
        {
            _place++;
        }

        return _place == text.Length ? new(SelectorToken.Kinds.End, "") : IsSpecial(text[_place]) ? Symbol() : Word();
    }

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\r' or '\n';

    private static bool IsSpecial(char letter) => letter is '=' or '!' or '(' or ')' or ',' or '>' or '<';

    private SelectorToken Word()
    {
        int start = _place;
        while (_place < text.Length && !IsSpecial(text[_place]) && !IsSpace(text[_place]))
        {
            _place++;
        }

        string word = text[start.._place];
        return new(word is "in" or "notin" ? SelectorToken.Kinds.Operator : SelectorToken.Kinds.Identifier, word);
    }

    /// <summary>Each special character begins a symbol of its own; two symbols have a second character.</summary>
    private SelectorToken Symbol()
    {
        char first = text[_place++];
        bool isDouble = first is '=' or '!' && _place < text.Length && text[_place] == '=';
        _place += isDouble ? 1 : 0;
        return first switch
        {
            '(' => new(SelectorToken.Kinds.Open, "("),
            ')' => new(SelectorToken.Kinds.Close, ")"),
            ',' => new(SelectorToken.Kinds.Comma, ","),
            '!' when !isDouble => new(SelectorToken.Kinds.Not, "!"),
            _ => new(SelectorToken.Kinds.Operator, text[(_place - (isDouble ? 2 : 1)).._place]),
        };
    }
}
