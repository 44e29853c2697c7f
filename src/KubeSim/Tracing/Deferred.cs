namespace KubeSim.Tracing;

/// <summary>
/// Something about a step that is worked out when it is first read: most steps are never asked. What it is worked out from must not
/// change any more. Equal where the values are.
/// </summary>
internal readonly struct Deferred<T> : IEquatable<Deferred<T>>
{
    private readonly Lazy? _lazy;

    public Deferred(T value) => _lazy = new Lazy(value);

    public Deferred(Func<T> make) => _lazy = new Lazy(make);

    /// <summary>The default of the type where nothing was given.</summary>
    public T? Value => _lazy is null ? default : _lazy.Read();

    public bool Equals(Deferred<T> other) => ReferenceEquals(_lazy, other._lazy) || EqualityComparer<T?>.Default.Equals(Value, other.Value);

    public override bool Equals(object? obj) => obj is Deferred<T> other && Equals(other);

    /// <summary>The same for all, so that asking for it works nothing out.</summary>
    public override int GetHashCode() => 0;

    private sealed class Lazy
    {
        private Func<T>? _make;
        private T? _value;

        public Lazy(T value) => _value = value;

        public Lazy(Func<T> make) => _make = make;

        public T? Read()
        {
            if (_make is { } make)
            {
                _value = make();
                _make = null;
            }

            return _value;
        }
    }
}
