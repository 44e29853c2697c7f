using System.Globalization;
using System.Runtime.CompilerServices;

namespace KubeSim.Simulation;

/// <summary>
/// Takes an interpolated string apart for <see cref="RunLog"/>: formats each piece in the invariant culture, hashes it where it
/// stands, and keeps it as text only when the log is observed. What is neither formattable nor a string is asked for
/// <see cref="object.ToString"/>, which must not depend on the culture.
/// </summary>
[InterpolatedStringHandler]
internal ref struct RunLogText
{
    private const int PieceLength = 128;

    private DefaultInterpolatedStringHandler _text;
    private StableHash _hash;

    public RunLogText(int literalLength, int formattedCount, RunLog log)
    {
        IsBuilt = log.IsObserved;
        if (IsBuilt)
        {
            _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
        }
    }

    internal readonly bool IsBuilt { get; }

    internal readonly ulong Hash => _hash.ToUInt64();

    public void AppendLiteral(string value)
    {
        _hash.Add(value);
        if (IsBuilt)
        {
            _text.AppendLiteral(value);
        }
    }

    public void AppendFormatted(string? value) => AppendFormatted(value.AsSpan());

    public void AppendFormatted(scoped ReadOnlySpan<char> value)
    {
        _hash.Add(value);
        if (IsBuilt)
        {
            _text.AppendFormatted(value);
        }
    }

    public void AppendFormatted<T>(T value) => AppendFormatted(value, 0, null);

    public void AppendFormatted<T>(T value, string? format) => AppendFormatted(value, 0, format);

    public void AppendFormatted<T>(T value, int alignment) => AppendFormatted(value, alignment, null);

    public void AppendFormatted<T>(T value, int alignment, string? format)
    {
        // The class library's own handlers format value types, enumerations included, without boxing them.
        Span<char> buffer = stackalloc char[PieceLength];
        var piece = new MemoryExtensions.TryWriteInterpolatedStringHandler(0, 1, buffer, CultureInfo.InvariantCulture, out _);
        piece.AppendFormatted(value, alignment, format);
        if (buffer.TryWrite(ref piece, out int written))
        {
            AppendFormatted(buffer[..written]);
        }
        else
        {
            var longPiece = new DefaultInterpolatedStringHandler(0, 1, CultureInfo.InvariantCulture);
            longPiece.AppendFormatted(value, alignment, format);
            AppendFormatted(longPiece.ToStringAndClear());
        }
    }

    internal string ToStringAndClear() => _text.ToStringAndClear();
}
