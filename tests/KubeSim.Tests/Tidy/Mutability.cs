using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace KubeSim.Tests.Tidy;

/// <summary>Finds what a user could change in an object that everybody shares.</summary>
internal static class Mutability
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null || (type.IsValueType && type.GetMethod("PrintMembers", Declared)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true);

    /// <summary>Public fields that are not read-only, and properties with a public setter that is not <c>init</c>.</summary>
    public static IEnumerable<string> Settable(Type type)
    {
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!field.IsInitOnly) yield return $"{field.DeclaringType!.Name}.{field.Name} can be set";
        }

        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
                yield return $"{property.DeclaringType!.Name}.{property.Name} can be set";
        }
    }

    /// <summary>Everything that can be changed and is reached from these types through public properties and fields, at any depth.</summary>
    public static IReadOnlyList<string> Reachable(IEnumerable<Type> types, Assembly ours)
    {
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<Type>();
        var open = new Queue<(Type Type, string Via)>(types.Select(type => (type, type.Name)));
        while (open.TryDequeue(out (Type Type, string Via) next))
        {
            if (!seen.Add(next.Type)) continue;
            foreach (Type argument in next.Type.GetGenericArguments()) open.Enqueue((argument, next.Via));
            if (IsMutableLibraryType(next.Type)) wrong.Add($"{next.Via} is a {next.Type.Name}, which can be changed");
            if (next.Type.Assembly != ours || next.Type.IsEnum) continue;
            wrong.UnionWith(Settable(next.Type));
            foreach ((MemberInfo member, Type type) in Members(next.Type)) open.Enqueue((type, $"{next.Type.Name}.{member.Name}"));
        }

        return [.. wrong];
    }

    private static IEnumerable<(MemberInfo Member, Type Type)> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => ((MemberInfo)p, p.PropertyType))
            .Concat(type.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(f => ((MemberInfo)f, f.FieldType)));

    private static bool IsMutableLibraryType(Type type)
    {
        if (type.IsArray || typeof(JsonNode).IsAssignableFrom(type)) return true;
        if (type.Namespace is "System.Collections.Generic")
            return !type.IsInterface || type.Name is "IList`1" or "ICollection`1" or "IDictionary`2" or "ISet`1";
        return type.Namespace == "System.Collections" && type != typeof(IEnumerable);
    }
}
