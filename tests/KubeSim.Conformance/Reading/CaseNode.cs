using System.Globalization;
using System.Text.Json;
using KubeSim.Api;

namespace KubeSim.Conformance.Reading;

/// <summary>
/// A value of a case that remembers what of it was read, so that a key nobody understands fails the case instead of being
/// skipped. Reading a scalar, a list's elements or a map's entries marks them; asking for a kind that the value is not throws.
/// </summary>
public sealed class CaseNode
{
    private readonly JsonValue _value;
    private readonly string _file;
    private readonly Dictionary<string, CaseNode> _fields = new(StringComparer.Ordinal);
    private List<CaseNode>? _items;
    private bool _isRead;
    private bool _isWhollyRead;

    private CaseNode(JsonValue value, string file, string path)
    {
        _value = value;
        _file = file;
        Path = path;
    }

    /// <summary>Where it stands in the case, for example <c>flows[2].outcome</c>; empty for the whole.</summary>
    public string Path { get; }

    /// <summary>The file and line it was read from.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{_file}:{_value.Line}");

    public bool IsMap => _value.Kind == JsonValueKind.Object;

    public bool IsList => _value.Kind == JsonValueKind.Array;

    public bool IsText => _value.Kind == JsonValueKind.String;

    public bool IsNumber => _value.Kind == JsonValueKind.Number;

    public bool IsBoolean => _value.Kind is JsonValueKind.True or JsonValueKind.False;

    /// <summary>Whether it is <c>null</c>; asking counts as reading where it is.</summary>
    public bool IsNull => _value.IsNull && (_isRead = true);

    /// <summary>The string.</summary>
    public string Text => Is(IsText, "a string") ? _value.Text! : "";

    /// <summary>The whole number.</summary>
    public long Number => Is(_value.TryGetNumber(out long number), "a whole number") ? number : 0;

    /// <summary>The whole number as an <see cref="int"/>.</summary>
    public int Int => checked((int)Number);

    /// <summary>A number, also with a fraction.</summary>
    public decimal Decimal => Is(IsNumber, "a number") ? decimal.Parse(_value.Text!, NumberStyles.Float, CultureInfo.InvariantCulture) : 0;

    public bool Boolean => Is(IsBoolean, "true or false") && _value.Kind == JsonValueKind.True;

    /// <summary>The characters of a string, number or boolean, as written.</summary>
    public string Scalar => Is(_value.Text is not null && !_value.IsNull, "a string, number or boolean") ? _value.Text! : "";

    /// <summary>The elements.</summary>
    public IReadOnlyList<CaseNode> Items
    {
        get
        {
            Is(IsList, "a list");
            return _items ??= [.. _value.Items.Select((item, i) => new CaseNode(item, _file, string.Create(CultureInfo.InvariantCulture, $"{Path}[{i}]")))];
        }
    }

    /// <summary>The keys in the order of the text.</summary>
    public IReadOnlyList<string> Keys => Is(IsMap, "a map") ? [.. _value.Fields.Select(entry => entry.Name)] : [];

    /// <summary>Every entry, with every key read: for maps whose keys are names.</summary>
    public IReadOnlyList<(string Key, CaseNode Value)> Entries => [.. Keys.Select(key => (key, this[key]))];

    /// <summary>The whole value with everything below it, as read: for Kubernetes objects, which their own strict reader checks.</summary>
    public JsonValue Whole
    {
        get
        {
            _isWhollyRead = true;
            return _value;
        }
    }

    /// <summary>The value of a key that must be there.</summary>
    /// <exception cref="CaseFormatException">It is not, or this is no map.</exception>
    public CaseNode this[string key] => Find(key) ?? throw Wrong($"has no key '{key}'");

    public static CaseNode Of(JsonValue value, string file) => new(value, file, "");

    /// <summary>Whether the key is there; does not count as reading it.</summary>
    public bool Has(string key) => Is(IsMap, "a map") && _value[key] is not null;

    /// <summary>The value of a key, also where it is null; null where the key is absent.</summary>
    /// <exception cref="CaseFormatException">This is no map.</exception>
    public CaseNode? Find(string key)
    {
        Is(IsMap, "a map");
        if (!_fields.TryGetValue(key, out CaseNode? node) && _value[key] is { } value)
        {
            node = new(value, _file, Path.Length == 0 ? key : $"{Path}.{key}");
            _fields.Add(key, node);
        }

        return node;
    }

    /// <summary>The strings of a list; empty where the key is absent.</summary>
    public IReadOnlyList<string> Texts(string key) => Find(key) is { } list ? [.. list.Items.Select(item => item.Text)] : [];

    /// <summary>Marks keys that carry no expectation, such as notes, as read.</summary>
    public void Skip(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            _ = Find(key)?.Whole;
        }
    }

    /// <summary>An exception that names this place.</summary>
    public CaseFormatException Wrong(string problem) => new($"{Place}: {(Path.Length == 0 ? "the case" : Path)} {problem}");

    /// <summary>Fails where something in here was not read.</summary>
    /// <exception cref="CaseFormatException">Some keys were not read; the message lists them with their lines.</exception>
    public void EnsureAllRead()
    {
        var unread = new List<string>();
        CollectUnread(unread);
        if (unread.Count > 0)
        {
            throw new CaseFormatException($"The runner does not understand{Environment.NewLine}{string.Join(Environment.NewLine, unread.Select(line => "  " + line))}");
        }
    }

    /// <summary>The value as compact JSON; does not count as reading.</summary>
    public override string ToString() => _value.ToString();

    private bool Is(bool isExpected, string expected)
    {
        _isRead = true;
        return isExpected ? true : throw Wrong($"should be {expected}, but is {_value}");
    }

    private void CollectUnread(List<string> unread)
    {
        if (_isWhollyRead)
        {
            return;
        }

        if (!_isRead)
        {
            unread.Add($"{Place}: {(Path.Length == 0 ? "the case" : Path)}");
            return;
        }

        foreach (CaseNode item in _items ?? [])
        {
            item.CollectUnread(unread);
        }

        foreach (JsonField entry in _value.Fields)
        {
            if (_fields.TryGetValue(entry.Name, out CaseNode? node))
            {
                node.CollectUnread(unread);
            }
            else
            {
                unread.Add(string.Create(CultureInfo.InvariantCulture, $"{_file}:{entry.Value.Line}: {(Path.Length == 0 ? "" : Path + ".")}{entry.Name}"));
            }
        }
    }
}
