using System.Globalization;
using System.Text;

namespace KubeSim.Manifests;

/// <summary>Where in a document the reader is: names of members and places in lists, from the outside in.</summary>
internal sealed class DocumentPath
{
    private readonly List<(string? Name, int Index)> _steps = [];

    internal int Depth => _steps.Count;

    internal void Enter(string name) => _steps.Add((name, -1));

    internal void Enter(int index) => _steps.Add((null, index));

    internal void Leave() => _steps.RemoveAt(_steps.Count - 1);

    internal void Clear() => _steps.Clear();

    /// <summary>For example <c>spec.ports[0].port</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string? name, int index) in _steps)
        {
            _ = name is null ? text.Append(CultureInfo.InvariantCulture, $"[{index}]") : text.Append(text.Length == 0 ? "" : ".").Append(name);
        }

        return text.ToString();
    }
}
