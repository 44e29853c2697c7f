using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace KubeSim.Tests.Tidy;

/// <summary>
/// Reads which type mentions which from a compiled assembly: signatures, base types, attributes and every instruction. What the
/// compiler makes of lambdas, iterators and async methods lies nested in the type that wrote them and counts as that type.
/// </summary>
internal static class AssemblyRooms
{
    /// <summary>What crosses from one room to another. A room is the first name behind the root namespace.</summary>
    public static IReadOnlyList<RoomUse> Uses(string assemblyPath, string rootNamespace)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        MetadataReader metadata = file.GetMetadataReader();
        var uses = new HashSet<RoomUse>();
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            if (Place(metadata, handle, rootNamespace) is not var (room, type)) continue;
            foreach (TypeDefinitionHandle mentioned in new TypeMentions(file, metadata).Of(handle))
            {
                if (Place(metadata, mentioned, rootNamespace) is var (otherRoom, other) && otherRoom != room)
                    uses.Add(new RoomUse(room, type, otherRoom, other));
            }
        }

        return [.. uses.OrderBy(use => use.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Null for what the compiler puts outside every namespace, and for attributes that it embeds.</summary>
    private static (string Room, string Type)? Place(MetadataReader metadata, TypeDefinitionHandle handle, string rootNamespace)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        string space = metadata.GetString(type.Namespace);
        string name = space + "." + metadata.GetString(type.Name);
        if (space == rootNamespace) return (RoomTable.FrontDoor, name);
        return space.StartsWith(rootNamespace + ".", StringComparison.Ordinal) ? (space[(rootNamespace.Length + 1)..].Split('.')[0], name) : null;
    }
}
