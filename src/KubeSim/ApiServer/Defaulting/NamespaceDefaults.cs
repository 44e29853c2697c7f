using KubeSim.Api;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>What a Namespace says that leaves things out.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/v1/defaults.go, SetDefaults_Namespace; pkg/registry/core/namespace/strategy.go</source>
internal static class NamespaceDefaults
{
    private const string Finalizer = "kubernetes";
    private const string NameLabel = "kubernetes.io/metadata.name";

    private static readonly NamespaceStatus Active = new() { Phase = "Active" };

    /// <summary>Every Namespace is labelled with its name.</summary>
    internal static Namespace Complete(Namespace value) =>
        value.Metadata.Name.Length == 0 || value.Metadata.Labels[NameLabel] == value.Metadata.Name ? value
            : value with { Metadata = value.Metadata with { Labels = value.Metadata.Labels.With(NameLabel, value.Metadata.Name) } };

    internal static Namespace CompleteNew(Namespace value)
    {
        value = Complete(value);
        bool isHeld = value.Spec.Finalizers.AsSpan().Contains(Finalizer);
        return value with
        {
            Spec = isHeld ? value.Spec : value.Spec with { Finalizers = value.Spec.Finalizers.Add(Finalizer) },
            Status = Active,
        };
    }
}
