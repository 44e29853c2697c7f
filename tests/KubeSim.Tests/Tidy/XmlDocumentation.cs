using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace KubeSim.Tests.Tidy;

/// <summary>What an XML documentation file says about the members of an assembly.</summary>
internal sealed class XmlDocumentation(XDocument file)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, XElement> _members = file.Descendants("member")
        .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);

    public static XmlDocumentation Of(Assembly assembly) => new(XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")));

    /// <summary>The documentation ids of all that a user can name and that says nothing, in ordinal order.</summary>
    public IReadOnlyList<string> Silent(IEnumerable<Type> types) =>
        [.. types.Where(type => type.IsVisible).SelectMany(Members).Select(DocumentationId.Of).Where(id => !Says(id)).Order(StringComparer.Ordinal)];

    private bool Says(string id) => _members.TryGetValue(id, out XElement? member)
        && (member.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(member.Element("summary")?.Value) || member.Element("summary")?.HasElements == true);

    private static IEnumerable<MemberInfo> Members(Type type) =>
        type.GetMembers(Declared).Where(member => member is not Type && IsVisible(member) && IsWritten(member, type)).Prepend(type);

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(true).Any(IsVisible),
        EventInfo happening => IsVisible(happening.AddMethod!),
        _ => false,
    };

    /// <summary>Not what the compiler adds: accessors, the fields behind enums, members of records, constructors and methods of delegates.</summary>
    private static bool IsWritten(MemberInfo member, Type type)
    {
        if (member.IsDefined(typeof(CompilerGeneratedAttribute)) || type.IsSubclassOf(typeof(Delegate))) return false;
        return member switch
        {
            MethodInfo method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal),
            FieldInfo field => !field.IsSpecialName,
            ConstructorInfo constructor => constructor.GetParameters().Length > 0,
            _ => true,
        };
    }
}
