using System.Reflection;
using System.Text;

namespace KubeSim.Tests.Tidy;

/// <summary>The compiler's name of a member, as in XML documentation files and lists of banned symbols.</summary>
internal static class DocumentationId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + TypeName(type),
        FieldInfo field => "F:" + Owner(field) + field.Name,
        EventInfo happening => "E:" + Owner(happening) + happening.Name,
        PropertyInfo property => "P:" + Owner(property) + MemberName(property.Name) + Parameters(property.GetIndexParameters()),
        MethodBase method => "M:" + Owner(method) + MemberName(method.Name) + Arity(method) + Parameters(method.GetParameters()) + Result(method),
        _ => throw new ArgumentException($"{member.MemberType} {member} has no documentation id.", nameof(member)),
    };

    private static string Owner(MemberInfo member) => TypeName(member.DeclaringType!) + ".";

    private static string MemberName(string name) => name.Replace('.', '#').Replace('<', '{').Replace('>', '}').Replace(',', '@');

    private static string Arity(MethodBase method) => method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "";

    private static string Result(MethodBase method) =>
        method is MethodInfo { Name: "op_Implicit" or "op_Explicit" } conversion ? "~" + Reference(conversion.ReturnType) : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : "(" + string.Join(",", parameters.Select(p => Reference(p.ParameterType))) + ")";

    private static string TypeName(Type type) => type.IsNested
        ? TypeName(type.DeclaringType!) + "." + type.Name
        : type.Namespace is null ? type.Name : type.Namespace + "." + type.Name;

    private static string Reference(Type type)
    {
        if (type.IsByRef) return Reference(type.GetElementType()!) + "@";
        if (type.IsPointer) return Reference(type.GetElementType()!) + "*";
        if (type.IsSZArray) return Reference(type.GetElementType()!) + "[]";
        if (type.IsArray) return Reference(type.GetElementType()!) + "[" + string.Join(",", Enumerable.Repeat("0:", type.GetArrayRank())) + "]";
        if (type.IsGenericMethodParameter) return "``" + type.GenericParameterPosition;
        if (type.IsGenericParameter) return "`" + type.GenericParameterPosition;
        return type.IsGenericType ? Constructed(type) : TypeName(type);
    }

    /// <summary>Each level of nesting takes its own share of the type arguments.</summary>
    private static string Constructed(Type type)
    {
        var levels = new Stack<Type>();
        for (Type? level = type; level is not null; level = level.DeclaringType) levels.Push(level);
        Type[] arguments = type.GetGenericArguments();
        var text = new StringBuilder(type.Namespace);
        int used = 0;
        foreach (Type level in levels)
        {
            int tick = level.Name.IndexOf('`', StringComparison.Ordinal);
            text.Append('.').Append(tick < 0 ? level.Name : level.Name[..tick]);
            int all = level.GetGenericArguments().Length;
            if (all > used) text.Append('{').AppendJoin(',', arguments[used..all].Select(Reference)).Append('}');
            used = all;
        }

        return text.ToString();
    }
}
