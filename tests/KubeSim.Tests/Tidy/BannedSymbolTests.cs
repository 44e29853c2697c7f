using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Sockets;
using System.Reactive.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace KubeSim.Tests.Tidy;

/// <summary>The analyzer ignores an entry it cannot find, so a misspelt ban would be no ban.</summary>
public sealed class BannedSymbolTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Assemblies =
    [
        typeof(object).Assembly, typeof(Observable).Assembly, typeof(ImmutableArray).Assembly, typeof(Regex).Assembly,
        typeof(ConcurrentDictionary<,>).Assembly, typeof(Parallel).Assembly, typeof(Socket).Assembly, typeof(Console).Assembly,
        typeof(System.Diagnostics.Stopwatch).Assembly, typeof(System.Diagnostics.Process).Assembly, typeof(System.Timers.Timer).Assembly,
        typeof(System.Net.Dns).Assembly, typeof(System.Security.Cryptography.RandomNumberGenerator).Assembly,
    ];

    [Test]
    public void Every_banned_symbol_exists() =>
        Unknown(Repository.Files("src", "BannedSymbols.*.txt").SelectMany(f => File.ReadLines(Repository.PathOf(f)))).Should().BeEmpty();

    [Test]
    public void Every_ban_says_what_to_do_instead() =>
        Repository.Files("src", "BannedSymbols.*.txt").SelectMany(f => File.ReadLines(Repository.PathOf(f)))
            .Where(line => line.Length > 0 && line.Split(';', 2) is not [_, { Length: > 0 }]).Should().BeEmpty();

    [Test]
    public void A_misspelt_ban_is_found() =>
        Unknown(["P:System.DateTime.Now;x", "P:System.DateTime.Noww;x", "M:System.Threading.Thread.Sleep(System.Int64);x"])
            .Should().Equal("P:System.DateTime.Noww", "M:System.Threading.Thread.Sleep(System.Int64)");

    private static List<string> Unknown(IEnumerable<string> lines)
    {
        string[] banned = [.. lines.Where(line => line.Length > 0).Select(line => line.Split(';')[0])];
        return [.. banned.Where(id => !Exists(id))];
    }

    private static bool Exists(string id)
    {
        string name = id[2..].Split('(', '~')[0];
        string typeName = id[0] == 'T' ? name : name[..name.LastIndexOf('.')];
        Type? type = Assemblies.Select(a => a.GetType(typeName)).FirstOrDefault(t => t is not null);
        return type is not null && (id[0] == 'T' || type.GetMembers(Declared).Any(m => m is not Type && DocumentationId.Of(m) == id));
    }
}
