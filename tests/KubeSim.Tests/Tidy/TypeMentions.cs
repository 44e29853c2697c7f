using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace KubeSim.Tests.Tidy;

/// <summary>Every type of the same assembly that one type mentions.</summary>
internal sealed class TypeMentions(PEReader file, MetadataReader metadata)
{
    private readonly HashSet<TypeDefinitionHandle> _found = [];

    private MentionCollector Signatures => field ??= new MentionCollector(_found);

    public IReadOnlyCollection<TypeDefinitionHandle> Of(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        Entity(type.BaseType);
        foreach (InterfaceImplementationHandle i in type.GetInterfaceImplementations()) Entity(metadata.GetInterfaceImplementation(i).Interface);
        foreach (GenericParameterHandle p in type.GetGenericParameters()) Constraints(p);
        Attributes(type.GetCustomAttributes());
        foreach (FieldDefinitionHandle f in type.GetFields())
        {
            FieldDefinition field = metadata.GetFieldDefinition(f);
            field.DecodeSignature(Signatures, null);
            Attributes(field.GetCustomAttributes());
        }

        foreach (PropertyDefinitionHandle p in type.GetProperties()) Attributes(metadata.GetPropertyDefinition(p).GetCustomAttributes());
        foreach (MethodDefinitionHandle m in type.GetMethods()) Method(metadata.GetMethodDefinition(m));
        return _found;
    }

    private void Method(MethodDefinition method)
    {
        method.DecodeSignature(Signatures, null);
        foreach (GenericParameterHandle p in method.GetGenericParameters()) Constraints(p);
        Attributes(method.GetCustomAttributes());
        foreach (ParameterHandle p in method.GetParameters()) Attributes(metadata.GetParameter(p).GetCustomAttributes());
        if (method.RelativeVirtualAddress == 0) return;
        MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(Signatures, null);
        foreach (ExceptionRegion region in body.ExceptionRegions) Entity(region.CatchType);
        foreach (EntityHandle token in Instructions.Tokens(body.GetILReader())) Entity(token);
    }

    private void Constraints(GenericParameterHandle parameter)
    {
        foreach (GenericParameterConstraintHandle c in metadata.GetGenericParameter(parameter).GetConstraints())
            Entity(metadata.GetGenericParameterConstraint(c).Type);
    }

    private void Attributes(CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttributeHandle a in attributes) Entity(metadata.GetCustomAttribute(a).Constructor);
    }

    private void Entity(EntityHandle entity)
    {
        if (entity.IsNil) return;
        switch (entity.Kind)
        {
            case HandleKind.TypeDefinition:
                _found.Add((TypeDefinitionHandle)entity);
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)entity).DecodeSignature(Signatures, null);
                break;
            case HandleKind.MethodDefinition:
                _found.Add(metadata.GetMethodDefinition((MethodDefinitionHandle)entity).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                _found.Add(metadata.GetFieldDefinition((FieldDefinitionHandle)entity).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Entity(metadata.GetMemberReference((MemberReferenceHandle)entity).Parent);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = metadata.GetMethodSpecification((MethodSpecificationHandle)entity);
                Entity(generic.Method);
                generic.DecodeSignature(Signatures, null);
                break;
        }
    }
}
